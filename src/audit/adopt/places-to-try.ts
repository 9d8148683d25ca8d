import type { AdoptionStep } from "../../compare/adoption-edits.ts";
import type { DesiredIngress, Place } from "../../model/ingress.ts";
import type { ValueEdit } from "../../model/value-edit.ts";
import type { RenderedHead } from "../rendered/render-sources.ts";
import { candidateEdits } from "./candidate-edits.ts";
import type { DeclaredState } from "./declared-state.ts";
import type { Search } from "./search.ts";
import type { FileContents } from "./with-files.ts";

/** A change of one file that may make what is rendered say what is live. */
export interface PlaceToTry {
  readonly file: string;
  readonly document: number;
  readonly edits: readonly ValueEdit[];
  readonly place: Place;
}

/** Every place in the files behind an Ingress that may carry one value of it. */
export async function placesToTry(
  { file, editor, read, desired, liveObject }: Search,
  contents: FileContents,
  state: DeclaredState,
  rendered: DesiredIngress,
  { divergences, edits }: AdoptionStep,
): Promise<readonly PlaceToTry[]> {
  const places: PlaceToTry[] = [];
  for (const path of inputsOf(state, rendered)) {
    if (file !== null && path !== file) continue;
    const content = contents.get(path) ?? (await read(path));
    const documents = content === null ? null : editor.read(content);
    if (content === null || documents === null) continue;
    const step = { id: desired.id, rendered: rendered.object, live: liveObject, divergences, edits };
    for (const candidate of candidateEdits(documents, step)) {
      const line = editor.lineOf(content, candidate);
      places.push({
        file: path,
        document: candidate.document,
        edits: candidate.edits,
        place: { path, line },
      });
    }
  }
  return places;
}

/** The files that go into what is rendered, links followed, without templates; each once. */
function inputsOf(state: DeclaredState, rendered: DesiredIngress): readonly string[] {
  const source = sourceOf(state, rendered);
  const paths = source === undefined ? [rendered.origin.path] : [...source.inputs, ...source.definedBy];
  const targets = paths.map((path) => state.links.get(path) ?? path);
  return [...new Set(targets)].filter((path) => /\.(?:ya?ml|json)$|(?:^|\/)Kustomization$/i.test(path));
}

/** What renders an Ingress; undefined where it is a manifest of its own. */
export function sourceOf({ plan }: DeclaredState, rendered: DesiredIngress): RenderedHead | undefined {
  return plan.rendered?.sources.find(({ ingresses }) => ingresses.includes(rendered));
}
