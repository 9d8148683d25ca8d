import { adoptionSteps } from "../../compare/adoption-edits.ts";
import { AuditError } from "../../model/audit-error.ts";
import type { Divergence } from "../../model/divergence.ts";
import { formatFieldPath } from "../../model/field-path.ts";
import { type DesiredIngress, type IngressObject, ingressKey, type Place } from "../../model/ingress.ts";
import type { ValueEdit } from "../../model/value-edit.ts";
import type { LiveSnapshot } from "../../ports/cluster-reader.ts";
import type { FileEditor } from "../../ports/file-editor.ts";
import type { RenderedHead } from "../rendered/render-sources.ts";
import { addedValues } from "./added-values.ts";
import type { FoundChange } from "./adopt-request.ts";
import { candidateEdits } from "./candidate-edits.ts";
import type { Declare, DeclaredState } from "./declared-state.ts";
import { differencesBetween, judgeChange } from "./judge-change.ts";
import { noPlace, placeText, tooManyPlaces } from "./no-single-place.ts";
import type { ChangedElsewhere } from "./sources-elsewhere.ts";
import type { FileContents } from "./with-files.ts";

/** What it takes to look for a place and to try it. */
export interface Search {
  readonly desired: DesiredIngress;
  readonly liveObject: IngressObject;
  readonly live: LiveSnapshot;
  readonly chosen: readonly Divergence[];
  readonly before: DeclaredState;
  readonly declare: Declare;
  readonly elsewhere: ChangedElsewhere;
  readonly editor: FileEditor;
  /** The one file to look into; null for all. */
  readonly file: string | null;
  readonly read: (path: string) => Promise<Buffer | null>;
}

/** Each place is tried by rendering everything anew. */
const MOST_TRIALS = 40;

/**
 * Find for each chosen field the one place in the files whose change makes what is rendered say what is live, and
 * changes nothing else.
 *
 * @throws {AuditError} `no-single-place`.
 */
export async function findChange(search: Search): Promise<FoundChange> {
  let contents: FileContents = new Map();
  let state = search.before;
  let open = search.chosen;
  const written: FoundChange["written"][number][] = [];
  while (open.length > 0) {
    const found = await settleNext(search, contents, state, open);
    contents = found.contents;
    state = found.state;
    const isSettled = (each: Divergence) => found.settled.includes(formatFieldPath(each.field));
    written.push(...open.filter(isSettled).map((divergence) => ({ divergence, place: found.place })));
    open = open.filter((each) => !isSettled(each));
  }
  return { contents, written };
}

interface Trial {
  readonly contents: FileContents;
  readonly state: DeclaredState;
  readonly place: Place;
  /** Formatted field paths. */
  readonly settled: readonly string[];
}

async function settleNext(
  search: Search,
  contents: FileContents,
  state: DeclaredState,
  open: readonly Divergence[],
): Promise<Trial> {
  const rendered = ingressIn(state, search.desired) ?? search.desired;
  const now = differencesBetween(rendered.object, search.liveObject, search.live);
  const isOpen = (each: Divergence) =>
    open.some((other) => formatFieldPath(other.field) === formatFieldPath(each.field));
  const [step] = adoptionSteps(rendered.object, search.liveObject, now.filter(isOpen));
  if (step === undefined) throw noPlace(open, [], []);
  const refused: string[] = [];
  for await (const places of placesInTurn(search, contents, state, rendered, step)) {
    if (places.length > MOST_TRIALS) throw tooManyPlaces(step.divergences, places.length);
    const works: Trial[] = [];
    for (const candidate of places) {
      const trial = await tryPlace(search, contents, state, candidate);
      if (typeof trial === "string") refused.push(`${placeText(candidate.place)}: ${trial}`);
      else if (step.divergences.every(({ field }) => trial.settled.includes(formatFieldPath(field))))
        works.push(trial);
      else refused.push(`${placeText(candidate.place)}: it does not change the field`);
    }
    const [only, ...others] = works;
    if (only !== undefined && others.length === 0) return only;
    if (only !== undefined)
      throw noPlace(
        step.divergences,
        works.map(({ place }) => place),
        refused,
      );
  }
  throw noPlace(step.divergences, [], refused);
}

/** What carries the value; and only where nothing of it can be changed, keys that a release's own values may get. */
async function* placesInTurn(
  search: Search,
  contents: FileContents,
  state: DeclaredState,
  rendered: DesiredIngress,
  step: AdoptionStep,
): AsyncGenerator<readonly PlaceToTry[]> {
  yield await placesFor(search, contents, state, rendered, step);
  const head = sourceOf(state, rendered);
  const [edit, ...more] = step.edits;
  if (head === undefined || head.source.kind !== "helm" || edit === undefined || more.length > 0) return;
  const { editor, file } = search;
  const read = async (path: string) => contents.get(path) ?? (await search.read(path));
  const release = { ...head, source: head.source, read, editor };
  for (const places of await addedValues(release, rendered.object, edit)) {
    const wanted = places.filter((each) => file === null || each.file === file);
    const contentOf = async (path: string) => (await read(path)) ?? Buffer.alloc(0);
    yield await Promise.all(
      wanted.map(async (each) => {
        const [{ path }] = each.edits;
        const line = editor.lineOf(await contentOf(each.file), { document: each.document, path });
        return { ...each, place: { path: each.file, line } };
      }),
    );
  }
}

type AdoptionStep = ReturnType<typeof adoptionSteps>[number];

interface PlaceToTry {
  readonly file: string;
  readonly document: number;
  readonly edits: readonly ValueEdit[];
  readonly place: Place;
}

async function placesFor(
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

function sourceOf({ plan }: DeclaredState, rendered: DesiredIngress): RenderedHead | undefined {
  return plan.rendered?.sources.find(({ ingresses }) => ingresses.includes(rendered));
}

async function tryPlace(
  search: Search,
  contents: FileContents,
  state: DeclaredState,
  { file, document, edits, place }: PlaceToTry,
): Promise<Trial | string> {
  const changed = new Map(contents);
  try {
    let content = contents.get(file) ?? (await search.read(file)) ?? Buffer.alloc(0);
    for (const edit of edits) content = search.editor.edit(content, { document, edit });
    changed.set(file, content);
  } catch (error) {
    if (error instanceof AuditError && error.code === "not-editable") return error.what;
    throw error;
  }
  const after = await search.declare(changed);
  const judged = judgeChange({
    id: search.desired.id,
    live: search.live,
    chosen: search.chosen,
    before: state,
    after,
  });
  if (judged.kind === "refused") return judged.why;
  if (judged.settled.length === 0) return "it changes nothing that is rendered";
  const others = await search.elsewhere(after, [...changed.keys()]);
  if (others.length > 0) return `it would change ${others.join(", ")} too`;
  return {
    contents: changed,
    state: after,
    place,
    settled: judged.settled.map(({ field }) => formatFieldPath(field)),
  };
}

function ingressIn(state: DeclaredState, { id }: DesiredIngress): DesiredIngress | undefined {
  return state.ingresses.find((each) => ingressKey(each.id) === ingressKey(id));
}
