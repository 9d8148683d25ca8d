import { AuditError } from "../../../model/audit-error.ts";

/**
 * Files of an option that belong to one cluster each: `NAME=FILE`, or `FILE` alone where there is one cluster.
 *
 * @param option As it was written, for messages.
 * @returns The files of each cluster that has some.
 * @throws {AuditError} `usage`.
 */
export function filesByCluster(
  option: string,
  given: readonly string[],
  clusters: readonly string[],
): ReadonlyMap<string, readonly string[]> {
  const [only, ...others] = clusters;
  const owned = given.map((text) => {
    const named = clusters.find((name) => text.startsWith(`${name}=`));
    if (named !== undefined) return { cluster: named, file: text.slice(named.length + 1) };
    if (only !== undefined && others.length === 0) return { cluster: only, file: text };
    throw new AuditError({
      code: "usage",
      what: `${option} ${text} does not say which cluster's it is`,
      mend: `Write ${option} NAME=FILE with one of ${clusters.join(", ")}.`,
    });
  });
  const empty = owned.find(({ file }) => file === "");
  if (empty !== undefined) {
    throw new AuditError({
      code: "usage",
      what: `${option} ${empty.cluster}= names no file`,
      mend: `Write ${option} ${empty.cluster}=FILE.`,
    });
  }
  return new Map(
    [...Map.groupBy(owned, ({ cluster }) => cluster)].map(([cluster, files]) => [
      cluster,
      files.map(({ file }) => file),
    ]),
  );
}

/** @throws {AuditError} `usage` where a cluster has several. */
export function oneByCluster(
  option: string,
  given: readonly string[],
  clusters: readonly string[],
): ReadonlyMap<string, string> {
  const files = filesByCluster(option, given, clusters);
  const several = [...files].find(([, each]) => each.length > 1);
  if (several === undefined) return new Map([...files].map(([cluster, each]) => [cluster, each[0] ?? ""]));
  throw new AuditError({
    code: "usage",
    what: `${option} is given twice for cluster ${several[0]}`,
    mend: `Give one ${option} a cluster.`,
  });
}
