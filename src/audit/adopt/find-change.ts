import { type AdoptionStep, adoptionSteps } from "../../compare/adoption-edits.ts";
import type { Divergence } from "../../model/divergence.ts";
import { formatFieldPath } from "../../model/field-path.ts";
import { type DesiredIngress, ingressKey } from "../../model/ingress.ts";
import type { FoundChange } from "./adopt-request.ts";
import type { DeclaredState } from "./declared-state.ts";
import { differencesBetween } from "./judge-change.ts";
import { noPlace, placeText, tooManyPlaces } from "./no-single-place.ts";
import { placesInTurn } from "./places-in-turn.ts";
import type { PlaceToTry } from "./places-to-try.ts";
import type { Search } from "./search.ts";
import { type Trial, tryPlace } from "./try-place.ts";
import type { FileContents } from "./with-files.ts";

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
    const found = await onlyPlace(step, places, refused, (place) => tryPlace(search, contents, state, place));
    if (found !== null) return found;
  }
  throw noPlace(step.divergences, [], refused);
}

/**
 * Of two places that both would do, nobody can tell which one is meant.
 *
 * @param refused Gets what the others come to.
 */
async function onlyPlace(
  { divergences }: AdoptionStep,
  places: readonly PlaceToTry[],
  refused: string[],
  tried: (candidate: PlaceToTry) => Promise<Trial | string>,
): Promise<Trial | null> {
  const works: Trial[] = [];
  for (const candidate of places) {
    const trial = await tried(candidate);
    if (typeof trial === "string") refused.push(`${placeText(candidate.place)}: ${trial}`);
    else if (divergences.every(({ field }) => trial.settled.includes(formatFieldPath(field))))
      works.push(trial);
    else refused.push(`${placeText(candidate.place)}: it does not change the field`);
  }
  const [only = null, ...others] = works;
  if (others.length === 0) return only;
  throw noPlace(
    divergences,
    works.map(({ place }) => place),
    refused,
  );
}

function ingressIn(state: DeclaredState, { id }: DesiredIngress): DesiredIngress | undefined {
  return state.ingresses.find((each) => ingressKey(each.id) === ingressKey(id));
}
