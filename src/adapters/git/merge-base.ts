import { GitFailure } from "./git-failure.ts";
import type { GitRepository } from "./git-repository.ts";

/** Where two commits' histories part; null where they share nothing, or a shallow clone lacks what they share. */
export async function mergeBase(
  repository: GitRepository,
  left: string,
  right: string,
): Promise<string | null> {
  try {
    return (await repository.run(["merge-base", left, right])).toString("latin1").trim();
  } catch (error) {
    // Where there is none it fails as well, without a word of its own.
    if (error instanceof GitFailure && !/(?:^|: )(?:fatal|error): /m.test(error.message)) return null;
    throw error;
  }
}
