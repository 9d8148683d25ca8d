import { createHash, randomUUID } from "node:crypto";
import { mkdir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import type { SimpleGit } from "simple-git";
import { AuditError } from "../../model/audit-error.ts";
import { isRemoteAddress } from "../../model/remote-address.ts";
import { gitEnvironment } from "./git-environment.ts";
import { reasonOf, withoutCredentials } from "./git-failure.ts";
import { ordinaryGit } from "./git-repository.ts";

export interface RemoteRepository {
  /** As `git clone` takes it; no local path. */
  readonly url: string;
  readonly allowNetwork: boolean;
  readonly signal: AbortSignal;
  /** Where clones are kept; null where there is no place for them. */
  readonly folder: string | null;
}

/**
 * A bare clone of a remote in a folder of clones, made or brought up to date, with the user's own transports and
 * credentials. One that cannot be brought up to date is not used: it would show an old state as the present one.
 *
 * @returns Its folder.
 * @throws {AuditError} `repository-not-fetched`, `repository-unreachable`, `repository-address`.
 */
export async function fetchRemoteRepository(remote: RemoteRepository): Promise<string> {
  const { url, allowNetwork, signal, folder } = remote;
  if (!isRemoteAddress(url)) throw refused(url);
  if (!allowNetwork) throw notFetched(url);
  if (folder === null) throw nowhere(url);
  const dir = path.join(folder, createHash("sha256").update(url).digest("hex").slice(0, 32));
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    if (await isFolder(dir)) await update(dir, signal).catch(again(() => update(dir, signal)));
    else await clone(url, dir, signal);
  } catch (error) {
    signal.throwIfAborted();
    throw unreachable(url, error);
  }
  return dir;
}

/** Whatever the user's configuration makes of the address, no command is run for it, and no folder read. */
const REMOTE_ONLY = { GIT_ALLOW_PROTOCOL: "https:http:ssh:git" };

function onlineGit(dir: string, signal: AbortSignal): SimpleGit {
  return ordinaryGit(dir, { ...gitEnvironment(process.env), ...REMOTE_ONLY }, signal);
}

/** Made beside its place and moved there whole, as another run may make the same one. */
async function clone(url: string, dir: string, signal: AbortSignal): Promise<void> {
  const making = `${dir}.${randomUUID()}`;
  try {
    await onlineGit(path.dirname(dir), signal).raw([
      "clone",
      "--bare",
      "--quiet",
      "--no-recurse-submodules",
      "--",
      url,
      making,
    ]);
    await rename(making, dir).catch(async (error) => {
      if (!(await isFolder(dir))) throw error;
    });
  } finally {
    await rm(making, { recursive: true, force: true });
  }
}

async function update(dir: string, signal: AbortSignal): Promise<void> {
  const git = onlineGit(dir, signal);
  await git.raw([
    "fetch",
    "--quiet",
    "--prune",
    "--no-write-fetch-head",
    "--no-recurse-submodules",
    "--end-of-options",
    "origin",
    "+refs/heads/*:refs/heads/*",
    "+refs/tags/*:refs/tags/*",
  ]);
  const head = /^ref: (refs\/heads\/\S+)\tHEAD$/m.exec(
    await git.raw(["ls-remote", "--symref", "origin", "HEAD"]),
  );
  if (head?.[1] !== undefined) await git.raw(["symbolic-ref", "HEAD", head[1]]);
}

/** Another run may be updating the same clone: where it has done so, there is nothing left to lock. */
function again(update: () => Promise<void>): (error: unknown) => Promise<void> {
  return async (error) => {
    const isLocked = error instanceof Error && /cannot lock ref|\.lock'/.test(error.message);
    if (!isLocked) throw error;
    await update();
  };
}

async function isFolder(dir: string): Promise<boolean> {
  return await stat(dir).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

function refused(url: string): AuditError {
  return new AuditError({
    code: "repository-address",
    what: `${withoutCredentials(url)} is not the address of a remote repository`,
    mend: "Give an https, ssh or git address without credentials, or the path of a checkout.",
  });
}

function notFetched(url: string): AuditError {
  return new AuditError({
    code: "repository-not-fetched",
    what: `${withoutCredentials(url)} was not fetched, because this run may not use the network`,
    where: { url: withoutCredentials(url) },
    mend: "Allow it with --allow-network or render.allowNetwork, or check the repository out and give its path.",
  });
}

function nowhere(url: string): AuditError {
  return new AuditError({
    code: "repository-not-fetched",
    what: `${withoutCredentials(url)} was not fetched, because no cache folder can be made to keep it in`,
    where: { url: withoutCredentials(url) },
    mend: "Set XDG_CACHE_HOME to a folder that you may write to, or check the repository out and give its path.",
  });
}

function unreachable(url: string, cause: unknown): AuditError {
  const why = reasonOf(cause);
  return new AuditError({
    code: "repository-unreachable",
    what: `${withoutCredentials(url)} cannot be fetched: ${why.slice(-500)}`,
    where: { url: withoutCredentials(url) },
    mend: "See that git ls-remote of that address works for the same user, without a prompt.",
    cause: new Error(why),
  });
}
