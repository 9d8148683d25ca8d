import type { GraphIndex } from "../../attribute/history/index-graph.ts";
import { nearestChange } from "../../attribute/history/nearest-change.ts";
import {
  combineStates,
  type ObjectChange,
  type ObjectState,
} from "../../attribute/history/object-history.ts";
import { keyIngress } from "../../compare/key-ingress.ts";
import { type IngressId, ingressKey } from "../../model/ingress.ts";
import type { RenderedSource } from "../../model/source.ts";
import type { RenderedFile } from "../../ports/renderer.ts";
import type { Renderings } from "./renderings.ts";
import type { SourceChange } from "./source-changes.ts";
import { mayHold, type SourceState } from "./source-state.ts";

const ABSENT: ObjectState = { kind: "absent" };

/** The versions of Ingresses that sources render to. */
export interface RenderedVersions {
  readonly of: (id: IngressId) => readonly ObjectChange[];
  /** Whether a source read a file at a commit: then it is no manifest of its own there. */
  readonly isInput: (path: string, commit: number) => boolean;
}

export interface SourceHistory {
  readonly source: RenderedSource;
  /** Newest first. */
  readonly changes: readonly SourceChange[];
  /** Whether the source may have rendered an Ingress at some time. */
  readonly mayRender: (id: IngressId) => boolean;
}

export const NO_RENDERED_VERSIONS: RenderedVersions = { of: () => [], isInput: () => false };

export function renderedVersions(
  histories: readonly SourceHistory[],
  index: GraphIndex,
  renderings: Renderings,
): RenderedVersions {
  const inputsAt = histories.map(({ changes }) => {
    const nearest = nearestChange(index, changes);
    const filesOf = new Map(
      changes.map((change) => [change.commit, new Set(change.state?.inputs.files ?? [])]),
    );
    return (path: string, commit: number) => filesOf.get(nearest(commit)?.commit ?? -1)?.has(path) === true;
  });
  return {
    of: (id) =>
      histories
        .filter(({ mayRender, changes }) => mayRender(id) && changes.some(mayHoldIt(id)))
        .flatMap((history) => changesOf(history, id, renderings)),
    isInput: (path, commit) => inputsAt.some((isInput) => isInput(path, commit)),
  };
}

function mayHoldIt(id: IngressId): (change: SourceChange) => boolean {
  return ({ state }) => state !== null && mayHold(state, id);
}

function changesOf(
  { source, changes }: SourceHistory,
  id: IngressId,
  renderings: Renderings,
): ObjectChange[] {
  const states = changes.map(({ state }) => state);
  return changes.map(({ commit, state }, index) => {
    if (state === null) return { commit, path: source.id, state: ABSENT };
    const older = () =>
      states
        .values()
        .drop(index + 1)
        .filter((each): each is SourceState => each !== null && mayHold(each, id));
    return lazyChange(commit, source.id, state, older, id, renderings);
  });
}

/** What is not rendered yet counts as unreadable until it is: the attribution is then done again. */
function lazyChange(
  commit: number,
  path: string,
  state: SourceState,
  older: () => IteratorObject<SourceState, undefined>,
  id: IngressId,
  renderings: Renderings,
): ObjectChange {
  let known: ObjectState | null = null;
  return {
    commit,
    path,
    get state() {
      if (known === null && !mayHold(state, id)) known = ABSENT;
      if (known !== null) return known;
      const rendered = renderings.of(state, older);
      if (rendered === null) return { kind: "unreadable" } as const;
      known = stateIn(rendered, id);
      return known;
    },
  };
}

export function stateIn({ ingresses, problems }: RenderedFile, id: IngressId): ObjectState {
  const key = ingressKey(id);
  const declared = ingresses.filter((ingress) => ingressKey(ingress.id) === key);
  if (declared.length > 0) {
    return combineStates(declared.map(({ object }) => ({ kind: "present", ingress: keyIngress(object) })));
  }
  const isHidden = problems.some(
    ({ level, ingress }) => level === "error" && (ingress === undefined || ingressKey(ingress) === key),
  );
  return isHidden ? { kind: "unreadable" } : { kind: "absent" };
}
