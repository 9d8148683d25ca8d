/**
 * What GitHub says that an operation needs, as lines of a workflow's `permissions:`.
 *
 * @param header `x-accepted-github-permissions`: sets of permissions parted by `;`, those of one set by `,`, each as
 *   `pull_requests=write`. Any one set suffices.
 * @returns One entry a set, as `pull-requests: write`; empty where nothing is to be read.
 * @see https://github.blog/changelog/2023-08-10-x-accepted-github-permissions-header-for-fine-grained-permission-actors
 */
export function permissionLines(header: string): readonly string[] {
  return header
    .split(";")
    .map((set) => set.split(",").flatMap(permissionLine).join(" and "))
    .filter((line) => line !== "");
}

function permissionLine(text: string): string[] {
  const [, name, level] = /^\s*([a-z_]+)\s*=\s*(read|write|admin)\s*$/.exec(text) ?? [];
  return name === undefined ? [] : [`${name.replaceAll("_", "-")}: ${level}`];
}
