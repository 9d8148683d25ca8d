import type { GitHistory } from "../../ports/git-history.ts";
import { type OwnersOf, readCodeOwners } from "./code-owners.ts";

/** Where GitHub looks, in this order; the first file counts alone. */
const PLACES = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"];

/** The code owners by the CODEOWNERS file of a commit; nobody owns anything where there is none. */
export async function codeOwnersAt(
  git: Pick<GitHistory, "listFiles" | "readBlobs">,
  sha: string,
): Promise<OwnersOf> {
  const selector = {
    pathspecs: PLACES.map((path) => `:(literal)${path}`),
    matches: (path: string) => PLACES.includes(path),
  };
  const { files } = await git.listFiles({ kind: "commit", sha }, selector);
  const first = PLACES.flatMap((path) => files.find((file) => file.path === path) ?? [])[0];
  if (first === undefined) return () => [];
  for await (const { content } of git.readBlobs([first.blob]))
    return readCodeOwners(content.toString("utf8"));
  return () => [];
}
