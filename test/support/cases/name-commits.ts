import { removeFolder } from "../repository/temporary-folder.ts";
import { buildHistory } from "./build-history.ts";
import type { GitStep } from "./case-format.ts";

/** Steps in which `sha(c1)` is the name of a commit, where it stood for one. It may not be one that itself names another. */
export async function withCommitNames(steps: readonly GitStep[]): Promise<readonly GitStep[]> {
  if (!JSON.stringify(steps).includes("sha(")) return steps;
  const history = buildHistory(steps);
  const repository = await history.builder.write();
  const shas = new Map([...history.labels].map(([label, mark]) => [label, repository.sha(mark)]));
  removeFolder(repository.dir);
  return JSON.parse(nameCommits(JSON.stringify(steps), shas)) as GitStep[];
}

/** @throws {Error} where no commit is labelled so. */
export function nameCommits(text: string, shas: ReadonlyMap<string, string>): string {
  return text.replace(/sha\((\w+)\)/g, (_, label: string) => {
    const sha = shas.get(label);
    if (sha === undefined) throw new Error(`No commit is labelled ${label}`);
    return sha;
  });
}
