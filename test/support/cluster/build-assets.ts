import { spawn } from "node:child_process";
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import path from "node:path";
import { AuditError } from "../../../src/model/audit-error.ts";

interface AssetBuild {
  /** The Go module's folder. */
  readonly module: string;
  /** Its commands, each a folder of the module. */
  readonly names: readonly string[];
  /** Where the binaries shall be. */
  readonly folder: string;
  /** Without the leading v. */
  readonly version: string;
}

/**
 * Build the module's commands. They appear in `folder` together or not at all: an interrupted build leaves only a
 * temporary folder behind, and of two builds at once the first to end wins.
 *
 * @throws {AuditError} `test-binaries-missing` without Go, `test-binaries-build-failed`.
 */
export async function buildAssets(build: AssetBuild): Promise<void> {
  await mkdir(path.dirname(build.folder), { recursive: true });
  const temporary = await mkdtemp(`${build.folder}.building-`);
  try {
    await runGo(build, temporary);
    await moveInto(build.folder, temporary);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

async function moveInto(folder: string, temporary: string): Promise<void> {
  try {
    await rename(temporary, folder);
  } catch (error) {
    // rename(2) replaces an empty folder only: another build has filled this one in the meantime.
    if (!isErrno(error, "ENOTEMPTY") && !isErrno(error, "EEXIST")) throw error;
  }
}

async function runGo(build: AssetBuild, outputFolder: string): Promise<void> {
  const commands = build.names.map((name) => `./${name}`);
  const flags = ["-trimpath", "-buildvcs=false", "-ldflags", linkerFlags(build.version)];
  const go = spawn("go", ["build", ...flags, "-o", `${outputFolder}${path.sep}`, ...commands], {
    cwd: build.module,
    env: { ...process.env, CGO_ENABLED: "0", GOWORK: "off" },
    stdio: ["ignore", "inherit", "inherit"],
  });
  const { promise, resolve, reject } = Promise.withResolvers<number | null>();
  go.once("error", reject);
  go.once("exit", resolve);
  const exitCode = await promise.catch((error: unknown) => {
    throw isErrno(error, "ENOENT") ? withoutGo(build, error) : error;
  });
  if (exitCode !== 0) throw buildFailed(build, exitCode);
}

/** Without these a server calls itself v0.0.0-master, and clients put that into their user agent. */
function linkerFlags(version: string): string {
  const [major = "", minor = ""] = version.split(".");
  const values = { gitVersion: `v${version}`, gitMajor: major, gitMinor: minor, gitTreeState: "clean" };
  const packages = ["k8s.io/component-base/version", "k8s.io/client-go/pkg/version"];
  const settings = packages.flatMap((name) =>
    Object.entries(values).map(([variable, value]) => `-X ${name}.${variable}=${value}`),
  );
  return ["-s", "-w", ...settings].join(" ");
}

function withoutGo(build: AssetBuild, cause: unknown): AuditError {
  return new AuditError({
    code: "test-binaries-missing",
    what: "The tests need kube-apiserver, etcd and kubectl, and there is no Go on this machine to build them with",
    where: { folder: build.folder },
    mend: `Install Go (https://go.dev/dl; the version that ${path.join(build.module, "go.mod")} names, or newer) and run again, or set KUBEBUILDER_ASSETS to a folder with the three binaries of Kubernetes ${build.version} (\`setup-envtest use ${build.version} -p path\` downloads one and prints its name).`,
    cause,
  });
}

function buildFailed(build: AssetBuild, exitCode: number | null): AuditError {
  return new AuditError({
    code: "test-binaries-build-failed",
    what: `go build of kube-apiserver, etcd and kubectl ended with ${exitCode ?? "a signal"}; its output is above`,
    where: { module: build.module },
    mend: `Mend what Go complains about (it needs the Go module proxy or a filled module cache), or set KUBEBUILDER_ASSETS to a folder with the three binaries of Kubernetes ${build.version}.`,
  });
}

function isErrno(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
