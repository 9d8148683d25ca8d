import type { Person } from "../../model/commit.ts";
import type { GitRepository } from "./git-repository.ts";

/**
 * The arguments that make git unify people by a commit's own .mailmap: neither the work tree's, which may be another
 * branch's, nor the user's.
 *
 * @returns With the blob's id, so that a partial clone can get it first; null where the commit has none.
 * @see https://git-scm.com/docs/gitmailmap
 */
export async function mailmapOf(repository: GitRepository, commit: string): Promise<string | null> {
  const answer = await repository.run(["ls-tree", "-z", "--full-tree", commit, "--", ".mailmap"]);
  return /^100\d{3} blob ([0-9a-f]+)\t/.exec(answer.toString("latin1"))?.[1] ?? null;
}

export function mailmapArguments(blob: string | null): string[] {
  return ["-c", `mailmap.blob=${blob ?? ""}`];
}

/** People as the .mailmap names them, in the order given. */
export async function mapPeople(
  repository: GitRepository,
  mailmap: string | null,
  people: readonly Person[],
): Promise<readonly Person[]> {
  if (people.length === 0 || mailmap === null) return people;
  const answer = await repository.run(
    [...mailmapArguments(mailmap), "check-mailmap", "--stdin"],
    people.map(({ name, email }) => `${name} <${email}>\n`).join(""),
  );
  const mapped = answer.toString("utf8").split("\n");
  return people.map((person, index) => parsePerson(mapped[index] ?? "") ?? person);
}

/** @returns null where the text is not `Name <email>`. */
export function parsePerson(text: string): Person | null {
  const match = /^([^<>]*)<([^<>\n]*)>\s*$/.exec(text);
  return match === null
    ? null
    : { name: (match[1] ?? "").trim(), email: (match[2] ?? "").trim(), login: null };
}
