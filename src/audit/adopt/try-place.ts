import { AuditError } from "../../model/audit-error.ts";
import { formatFieldPath } from "../../model/field-path.ts";
import type { Place } from "../../model/ingress.ts";
import type { DeclaredState } from "./declared-state.ts";
import { judgeChange } from "./judge-change.ts";
import type { PlaceToTry } from "./places-to-try.ts";
import type { Search } from "./search.ts";
import type { FileContents } from "./with-files.ts";

/** What a change of one place comes to, all else as it was before. */
export interface Trial {
  readonly contents: FileContents;
  readonly state: DeclaredState;
  readonly place: Place;
  /** Formatted field paths. */
  readonly settled: readonly string[];
}

/**
 * Change a place, and render everything anew.
 *
 * @returns Why it will not do, as the end of a sentence, where it will not.
 */
export async function tryPlace(
  search: Search,
  contents: FileContents,
  state: DeclaredState,
  candidate: PlaceToTry,
): Promise<Trial | string> {
  const changed = await changedContents(search, contents, candidate);
  if (typeof changed === "string") return changed;
  const { desired, live, chosen } = search;
  const after = await search.declare(changed);
  const judged = judgeChange({ id: desired.id, live, chosen, before: state, after });
  if (judged.kind === "refused") return judged.why;
  if (judged.settled.length === 0) return "it changes nothing that is rendered";
  const others = await search.elsewhere(after, [...changed.keys()]);
  if (others.length > 0) return `it would change ${others.join(", ")} too`;
  return {
    contents: changed,
    state: after,
    place: candidate.place,
    settled: judged.settled.map(({ field }) => formatFieldPath(field)),
  };
}

async function changedContents(
  { read, editor }: Search,
  contents: FileContents,
  { file, document, edits }: PlaceToTry,
): Promise<FileContents | string> {
  try {
    let content = contents.get(file) ?? (await read(file)) ?? Buffer.alloc(0);
    for (const edit of edits) content = editor.edit(content, { document, edit });
    return new Map(contents).set(file, content);
  } catch (error) {
    if (error instanceof AuditError && error.code === "not-editable") return error.what;
    throw error;
  }
}
