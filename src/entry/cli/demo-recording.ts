import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import * as z from "zod";
import { gitEnvironment } from "../../adapters/git/git-environment.ts";
import { readGit } from "../../adapters/git/git-process.ts";
import { AuditError } from "../../model/audit-error.ts";

/** What `npm run demo:record` notes beside the files that it records. */
export const demoNotes = z.strictObject({
  /** When the snapshot was taken. */
  recordedAt: z.iso.datetime(),
  kubernetesVersion: z.string(),
  /** The commit that the deployer applied. */
  appliedRevision: z.string(),
  remote: z.string(),
});
export type DemoNotes = z.infer<typeof demoNotes>;

/** In fixtures/demo/. */
export const DEMO_FILES = {
  history: "history.fast-import",
  snapshot: "live.json",
  auditLog: "audit.jsonl",
  notes: "recording.json",
} as const;

/** The recording, its repository unpacked into a temporary folder. */
export interface DemoRecording extends DemoNotes {
  readonly repo: string;
  readonly snapshot: string;
  readonly auditLog: string;
}

/**
 * Find the recording beside this program and make a real repository of its history, which is gone after use.
 *
 * @param folder Where the recording is; unless given, fixtures/demo in a folder above this file.
 * @throws {AuditError} `demo-not-found`, `git-missing`, `demo-not-unpacked`.
 */
export async function withDemoRecording<Result>(
  signal: AbortSignal,
  use: (recording: DemoRecording) => Promise<Result>,
  folder = findFixtures(),
): Promise<Result> {
  const notes = demoNotes.parse(JSON.parse(await readFile(path.join(folder, DEMO_FILES.notes), "utf8")));
  const history = await readFile(path.join(folder, DEMO_FILES.history));
  const repo = await mkdtemp(path.join(tmpdir(), "ingress-audit-demo-"));
  try {
    await unpack(history, repo, notes.remote, signal);
    return await use({
      ...notes,
      repo,
      snapshot: path.join(folder, DEMO_FILES.snapshot),
      auditLog: path.join(folder, DEMO_FILES.auditLog),
    });
  } finally {
    await rm(repo, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function unpack(history: Buffer, repo: string, remote: string, signal: AbortSignal): Promise<void> {
  const git = (...args: readonly string[]) => runGit(repo, signal, args);
  await git("init", "--quiet", "--initial-branch=main", "--object-format=sha1", "--template=", ".");
  await git("config", "remote.origin.url", remote);
  await runGit(repo, signal, ["fast-import", "--quiet", "--force"], history);
}

/** The bundle lies in dist/, this file three folders deep in src/. */
function findFixtures(): string {
  const above = ["..", "../..", "../../.."].map((up) =>
    path.resolve(import.meta.dirname, up, "fixtures/demo"),
  );
  const found = above.find((folder) => existsSync(path.join(folder, DEMO_FILES.notes)));
  if (found !== undefined) return found;
  throw new AuditError({
    code: "demo-not-found",
    what: "The demo's recording is not beside this program",
    where: { folder: above[0] ?? "" },
    mend: "Run it in a checkout of the repository, where fixtures/demo is.",
  });
}

/** Without the user's configuration, so that the commits are the same everywhere. */
async function runGit(
  cwd: string,
  signal: AbortSignal,
  args: readonly string[],
  input: Buffer | string = "",
): Promise<void> {
  const env = { ...gitEnvironment(process.env), GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" };
  try {
    await readGit({ cwd, env, args, input, signal });
  } catch (error) {
    signal.throwIfAborted();
    throw isMissing(error) ? gitMissing(error) : notUnpacked(error);
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

function gitMissing(cause: unknown): AuditError {
  return new AuditError({
    code: "git-missing",
    what: "The demo needs git, and there is none on the PATH",
    mend: "Install git 2.31 or newer.",
    cause,
  });
}

function notUnpacked(cause: unknown): AuditError {
  return new AuditError({
    code: "demo-not-unpacked",
    what: `The demo's repository could not be made: ${cause instanceof Error ? cause.message : String(cause)}`,
    where: { folder: tmpdir() },
    mend: "Check that git is 2.31 or newer and that the temporary folder may be written to.",
    cause,
  });
}
