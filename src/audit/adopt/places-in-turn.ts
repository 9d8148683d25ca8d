import type { AdoptionStep } from "../../compare/adoption-edits.ts";
import type { DesiredIngress } from "../../model/ingress.ts";
import { type AddedValue, addedValues } from "./added-values.ts";
import type { DeclaredState } from "./declared-state.ts";
import { type PlaceToTry, placesToTry, sourceOf } from "./places-to-try.ts";
import type { Search } from "./search.ts";
import type { FileContents } from "./with-files.ts";

/**
 * The places that may carry a value of an Ingress; and where none of them will do, keys that a release's own values may
 * get.
 */
export async function* placesInTurn(
  search: Search,
  contents: FileContents,
  state: DeclaredState,
  rendered: DesiredIngress,
  step: AdoptionStep,
): AsyncGenerator<readonly PlaceToTry[]> {
  yield await placesToTry(search, contents, state, rendered, step);
  const head = sourceOf(state, rendered);
  const [edit, ...more] = step.edits;
  if (head === undefined || head.source.kind !== "helm" || edit === undefined || more.length > 0) return;
  const { editor, file } = search;
  const read = async (path: string) => contents.get(path) ?? (await search.read(path));
  const placed = async (added: AddedValue): Promise<PlaceToTry> => {
    const content = (await read(added.file)) ?? Buffer.alloc(0);
    const line = editor.lineOf(content, { document: added.document, path: added.edits[0].path });
    return { ...added, place: { path: added.file, line } };
  };
  const release = { ...head, source: head.source, read, editor };
  for (const values of await addedValues(release, rendered.object, edit))
    yield await Promise.all(values.filter((each) => file === null || each.file === file).map(placed));
}
