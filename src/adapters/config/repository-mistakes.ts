import { isOwnPath } from "../../model/configuration.ts";

interface Written {
  readonly sources: readonly unknown[];
  readonly clusters: readonly {
    readonly sources: readonly { readonly repository?: string | undefined }[];
  }[];
  readonly repositories: readonly {
    readonly name: string;
    readonly path: string | null;
    readonly ref: string | null;
  }[];
}

interface Misplaced {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** What one part of the configuration says of repositories and another part contradicts. */
export function repositoryMistakes({ sources, clusters, repositories }: Written): readonly Misplaced[] {
  const names = repositories.map(({ name }) => name);
  const own = repositories.filter(({ path }) => isOwnPath(path));
  const hasOwn = repositories.length === 0 || own.length > 0;
  const mistakes: Misplaced[] = [];
  for (const [index, cluster] of clusters.entries()) {
    for (const [place, { repository }] of cluster.sources.entries()) {
      const path = ["clusters", index, "sources", place];
      if (repository === undefined && !hasOwn) mistakes.push({ path, message: NOT_LISTED });
      if (repository !== undefined && !names.includes(repository))
        mistakes.push({ path: [...path, "repository"], message: unknown(repository, names) });
    }
  }
  if (sources.length > 0 && !hasOwn) mistakes.push({ path: ["sources"], message: NOT_LISTED });
  if (own.length > 1) mistakes.push({ path: ["repositories"], message: "lists the folder . twice" });
  for (const [index, { path, ref }] of repositories.entries()) {
    if (ref !== null && isOwnPath(path))
      mistakes.push({ path: ["repositories", index, "ref"], message: OWN_REF });
  }
  return mistakes;
}

const NOT_LISTED =
  "is of the configuration's own repository, which repositories does not list: add it with path: ., or name the repository";

const OWN_REF = "is not needed: the configuration's own repository is audited at the commit that --ref names";

function unknown(name: string, names: readonly string[]): string {
  return names.length === 0
    ? `names ${name}, and there are no repositories`
    : `names no repository: ${name} is none of ${names.join(", ")}`;
}
