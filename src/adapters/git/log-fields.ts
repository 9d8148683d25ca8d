import type { GitRepository } from "./git-repository.ts";
import { splitFields } from "./split-fields.ts";

/**
 * Fields of commits, through one `git log`; in no particular order. A message cannot hold a NUL (git shows none of what
 * follows one), so NULs hold the fields apart.
 *
 * @param formats Placeholders of `--format`: `%H`.
 * @param configuration Arguments to git itself.
 * @returns For each commit one field for each format, as latin1 text.
 * @throws {GitFailure} where a commit is missing.
 */
export async function logFields(
  repository: GitRepository,
  shas: readonly string[],
  formats: readonly string[],
  configuration: readonly string[] = [],
): Promise<string[][]> {
  if (shas.length === 0) return [];
  const shown = ["-z", "--no-color", "--no-notes", "--encoding=UTF-8", "--no-patch"];
  const output = await repository.run(
    [
      ...configuration,
      "log",
      "--no-walk=unsorted",
      "--stdin",
      ...shown,
      `--format=${formats.join("%x00")}`,
      "--",
    ],
    `${shas.join("\n")}\n`,
  );
  const fields = splitFields(output);
  return Array.from({ length: fields.length / formats.length }, (_, index) =>
    fields.slice(index * formats.length, (index + 1) * formats.length),
  );
}
