import type { GitRepository } from "./git-repository.ts";
import { decodeText, splitFields } from "./split-fields.ts";

/**
 * The newest commit that each e-mail address authored, among the ancestors of a commit, by the address in lower case. Read
 * as the commits have it, without .mailmap: a forge ties the address itself to an account.
 */
export async function newestCommitsBy(
  repository: GitRepository,
  emails: readonly string[],
  head: string,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const email of new Set(emails.map((each) => each.toLowerCase()))) {
    const sha = await newestBy(repository, email, head);
    if (sha !== null) found.set(email, sha);
  }
  return found;
}

async function newestBy(repository: GitRepository, email: string, head: string): Promise<string | null> {
  const wanted = ["--fixed-strings", "--regexp-ignore-case", `--author=<${email}>`];
  const shown = ["-z", "--no-mailmap", "--no-patch", "--format=%H%x00%ae"];
  const printed = await repository.run(["log", "-1", ...wanted, ...shown, head, "--"]);
  const [sha, author] = splitFields(printed).map(decodeText);
  return sha !== undefined && author?.toLowerCase() === email ? sha : null;
}
