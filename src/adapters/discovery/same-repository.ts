/**
 * Whether an address of a Git repository means one of those given: by host and path, however it is written.
 *
 * @param address `https://host/owner/name.git`, `ssh://git@host/owner/name`, `git@host:owner/name` …
 */
export function isSameRepository(address: string, remotes: readonly string[]): boolean {
  const wanted = canonicalAddress(address);
  return remotes.some((remote) => canonicalAddress(remote) === wanted);
}

/** `host/owner/name`, in lower case: forges take either. */
export function canonicalAddress(address: string): string {
  const scp = /^(?:[^@/\s]+@)?([^:/\s]+):(?!\/\/)(.+)$/.exec(address.trim());
  const [host, path] = scp === null ? urlParts(address.trim()) : [scp[1] ?? "", scp[2] ?? ""];
  return `${host}/${path
    .replace(/^\/+/, "")
    .replace(/\/+$/, "")
    .replace(/\.git$/, "")}`.toLowerCase();
}

function urlParts(address: string): [string, string] {
  try {
    const url = new URL(address);
    return [url.hostname, url.pathname];
  } catch {
    return ["", address];
  }
}
