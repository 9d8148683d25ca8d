import { AuditError } from "../../../model/audit-error.ts";
import { findTool } from "./find-tool.ts";
import { runTool } from "./run-tool.ts";

/** A renderer on this machine. */
export interface Tool {
  /** Absolute path. */
  readonly command: string;
  /** The subcommand that renders: `build` of kustomize, `kustomize` of kubectl, `template` of helm. */
  readonly args: readonly string[];
  /** As it prints it; another version may print something else, so it is part of the cache's key. */
  readonly version: string;
}

/** @throws {AuditError} `renderer-missing`. */
export async function kustomizeTool(
  env: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Tool> {
  const kustomize = await findTool("kustomize", env.PATH);
  if (kustomize !== null) return described(kustomize, ["build"], ["version"], env, signal);
  const kubectl = await findTool("kubectl", env.PATH);
  if (kubectl !== null) return described(kubectl, ["kustomize"], ["version", "--client"], env, signal);
  throw missing("kustomize", "kustomize or kubectl", "kustomizations");
}

/** @throws {AuditError} `renderer-missing`. */
export async function helmTool(env: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Tool> {
  const helm = await findTool("helm", env.PATH);
  if (helm !== null) return described(helm, ["template"], ["version", "--short"], env, signal);
  throw missing("helm", "helm", "Helm charts");
}

async function described(
  command: string,
  args: readonly string[],
  versionArgs: readonly string[],
  env: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Tool> {
  const result = await runTool({
    command,
    args: versionArgs,
    cwd: "/",
    env,
    timeoutMs: 10_000,
    maxBytes: 10_000,
    signal,
  });
  if (result.kind === "done") return { command, args, version: result.stdout.toString("utf8").trim() };
  throw new AuditError({
    code: "renderer-missing",
    what: `${command} is there and does not run (${result.reason})`,
    where: { command },
    mend: "Install one that runs, or put another one first on PATH.",
  });
}

function missing(name: string, what: string, needs: string): AuditError {
  return new AuditError({
    code: "renderer-missing",
    what: `The repository holds ${needs}, and there is no ${what} on PATH to render them with`,
    where: { program: name },
    mend: `Install ${what}, or set discovery: false and name the sources that remain in .ingress-audit.yaml.`,
  });
}
