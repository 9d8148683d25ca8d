/** What a remote's URL says about the forge; credentials in it are never taken over. */
export interface RemoteLocation {
  /** Lower case; without a port. */
  readonly host: string;
  /** `owner/name`, or with subgroups `group/subgroup/name`. */
  readonly repository: string;
}

/**
 * @param url As `git remote get-url` prints it: a URL, or scp-like `git@host:owner/name.git`.
 * @returns null for a local path and whatever else names no repository on a host.
 */
export function parseRemoteUrl(url: string): RemoteLocation | null {
  const match =
    /^(?:https?|ssh|git):\/\/(?:[^/@]*@)?([^/:@]+)(?::\d+)?\/(.+)$/.exec(url.trim()) ??
    /^(?:[^/@:]+@)?([^/:@]{2,}):(?!\/\/)\/?(.+)$/.exec(url.trim());
  const host = match?.[1]?.toLowerCase() ?? "";
  const repository = (match?.[2] ?? "").replace(/\/+$/, "").replace(/\.git$/, "");
  if (!/^[a-z0-9.-]+$/.test(host) || !/^[\w.~-]+(?:\/[\w.~-]+)+$/.test(repository)) return null;
  return { host, repository };
}
