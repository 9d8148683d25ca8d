import { GitError, type SimpleGit, simpleGit } from "simple-git";
import { CONFIG, gitEnvironment, OFFLINE } from "./git-environment.ts";
import { GitFailure } from "./git-failure.ts";
import { readGit, streamGit } from "./git-process.ts";
import { inObjectStore, objectStore } from "./object-store.ts";

/** Where a repository lies. */
export interface RepositoryPlace {
  /** Absolute path of the git folder. */
  readonly gitDir: string;
  /** Absolute path of the work tree's root; null in a bare repository. */
  readonly workTree: string | null;
  /** Absolute path of the file that lists where a shallow clone was cut; absent in a whole one. */
  readonly shallowFile: string;
  readonly hash: "sha1" | "sha256";
}

/** Runs git in one repository. */
export interface GitRepository extends RepositoryPlace {
  /** What one command prints, from the object store alone: no work tree, no network. */
  readonly run: (args: readonly string[], input?: string) => Promise<Buffer>;
  /** The same, streamed; the signal ends it. */
  readonly stream: (args: readonly string[], input?: string, signal?: AbortSignal) => AsyncGenerator<Buffer>;
  /** The same as text, for ordinary commands; "" where the command fails without a word. */
  readonly text: (...args: readonly string[]) => Promise<string>;
  /** What one command prints in the work tree, without network. */
  readonly inWorkTree: (args: readonly string[]) => Promise<Buffer>;
  /** For commands that talk to a remote; with the user's own transports and credentials. */
  readonly online: SimpleGit;
}

const FETCH_SILENCE_MS = 120_000;

export function gitRepository(place: RepositoryPlace, signal: AbortSignal | undefined): GitRepository {
  const env = gitEnvironment(process.env);
  const offline = { ...env, ...OFFLINE };
  const inStore = inObjectStore(place.gitDir, signal);
  const root = place.workTree ?? place.gitDir;
  const texts = ordinaryGit(place.gitDir, offline, signal);
  return {
    ...place,
    run: (args, input) => readGit(inStore(args, input)),
    stream: (args, input, end) => streamGit({ ...inStore(args, input), signal: either(signal, end) }),
    text: async (...args) =>
      await texts.raw([...objectStore(place.gitDir), ...args]).catch(rethrowFailure(args[0] ?? "")),
    inWorkTree: (args) => readGit({ cwd: root, env: offline, args, signal }),
    online: ordinaryGit(root, env, signal),
  };
}

function either(left: AbortSignal | undefined, right: AbortSignal | undefined): AbortSignal | undefined {
  return left === undefined || right === undefined ? (left ?? right) : AbortSignal.any([left, right]);
}

function rethrowFailure(command: string): (error: unknown) => never {
  return (error) => {
    throw error instanceof GitError ? new GitFailure(command, error.message) : error;
  };
}

/** simple-git with our configuration and environment. */
export function ordinaryGit(
  dir: string,
  env: Readonly<Record<string, string>>,
  signal: AbortSignal | undefined,
): SimpleGit {
  return simpleGit({
    baseDir: dir,
    config: [...CONFIG],
    allowEnvironment: Object.keys(env).filter((name) => name.startsWith("GIT_")),
    timeout: { block: FETCH_SILENCE_MS },
    unsafe: OUR_OWN_ARGUMENTS,
    ...(signal === undefined ? {} : { abort: signal }),
  }).env({ ...env });
}

/**
 * simple-git refuses arguments and variables that could make git run something, so that a stranger's input cannot. Ours
 * hold no such input: they switch those very settings off, and the variables are the user's own.
 */
const OUR_OWN_ARGUMENTS = {
  allowUnsafeAlias: true,
  allowUnsafeAskPass: true,
  allowUnsafeConfigEnvCount: true,
  allowUnsafeConfigPaths: true,
  allowUnsafeCredentialHelper: true,
  allowUnsafeDiffExternal: true,
  allowUnsafeDiffTextConv: true,
  allowUnsafeEditor: true,
  allowUnsafeExec: true,
  allowUnsafeFilter: true,
  allowUnsafeFsMonitor: true,
  allowUnsafeGitProxy: true,
  allowUnsafeGpgProgram: true,
  allowUnsafeHooksPath: true,
  allowUnsafeInclude: true,
  allowUnsafePager: true,
  allowUnsafeProtocolOverride: true,
  allowUnsafeSshCommand: true,
  allowUnsafeSubmodule: true,
  allowUnsafeUrlRewrite: true,
} as const;
