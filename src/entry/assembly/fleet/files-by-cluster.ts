import { AuditError } from "../../../model/audit-error.ts";

/** The clusters that files may be named for. */
export interface NamedClusters {
  /** Those that are looked at. */
  readonly chosen: readonly string[];
  /** Those of the configuration: a file of one that is not chosen is left alone, beside one of a cluster that is. */
  readonly known: readonly string[];
}

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
  { chosen, known }: NamedClusters,
): ReadonlyMap<string, readonly string[]> {
  const [only, ...others] = chosen;
  const left: string[] = [];
  const owned = given.flatMap((text) => {
    const named = longestName(text, [...chosen, ...known]);
    if (named !== null && !chosen.includes(named)) left.push(text);
    if (named !== null) return chosen.includes(named) ? [{ cluster: named, file: fileIn(text, named) }] : [];
    if (only !== undefined && others.length === 0) return [{ cluster: only, file: text }];
    throw new AuditError({
      code: "usage",
      what: `${option} ${text} does not say which cluster's it is`,
      mend: `Write ${option} NAME=FILE with one of ${chosen.join(", ")}.`,
    });
  });
  if (owned.length === 0 && left.length > 0) throw ofOtherClusters(option, left, chosen);
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

/** One name may be the beginning of another. */
function longestName(text: string, names: readonly string[]): string | null {
  const fitting = names.filter((name) => text.startsWith(`${name}=`));
  return fitting.sort((left, right) => right.length - left.length)[0] ?? null;
}

function fileIn(text: string, name: string): string {
  return text.slice(name.length + 1);
}

function ofOtherClusters(option: string, left: readonly string[], chosen: readonly string[]): AuditError {
  return new AuditError({
    code: "usage",
    what: `${option} ${left.join(" ")} is of a cluster that is not looked at`,
    mend: `Choose that one with --cluster, or give a file of ${chosen.join(", ")}.`,
  });
}

/** @throws {AuditError} `usage` where a cluster has several. */
export function oneByCluster(
  option: string,
  given: readonly string[],
  clusters: NamedClusters,
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
