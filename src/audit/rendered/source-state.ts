import { createHash } from "node:crypto";
import type { IngressId } from "../../model/ingress.ts";
import { onceForEach } from "../../model/once-for-each.ts";
import type { RenderedSource } from "../../model/source.ts";
import type { SourceInputs, SourceRenderer, SourceTree } from "../../ports/source-renderer.ts";
import { composedKind } from "./composed-kind.ts";
import { mayName } from "./may-name.ts";
import { releaseReach } from "./release-reach.ts";

/** What goes into one rendering of a source. Two with the same digest render to the same. */
export interface SourceState {
  readonly source: RenderedSource;
  readonly digest: string;
  /**
   * The digest of what of it can reach an Ingress. Two with the same render to the same Ingresses, where both render.
   * Found out when it is asked for.
   */
  readonly reach: () => string;
  readonly inputs: SourceInputs;
  readonly tree: SourceTree;
  /** What the inputs hold. */
  readonly contents: readonly Buffer[];
}

export async function sourceState(
  source: RenderedSource,
  renderer: SourceRenderer,
  tree: SourceTree,
): Promise<SourceState> {
  const inputs = await renderer.inputsOf(source, tree);
  const parts = [
    source,
    ...inputs.files.flatMap((file) => [file, tree.blobOf(file) ?? ""]),
    ...inputs.problems.flatMap(({ path, message }) => [path, message]),
  ];
  const digest = digestOf(parts);
  const contents = new Map<string, Buffer>();
  for (const file of inputs.files) {
    const content = await tree.read(file);
    if (content !== null) contents.set(file, content);
  }
  const state = { source, inputs, tree, digest, contents: [...contents.values()] };
  const reach = once(() => {
    const reaching = isUncertain(state) ? null : reachingPart(state, contents);
    return reaching === null ? digest : digestOf([source, inputs.files, reaching]);
  });
  return { ...state, reach };
}

/** null where all of it may. */
function reachingPart(
  state: Omit<SourceState, "reach">,
  contents: ReadonlyMap<string, Buffer>,
): string | null {
  const { source, inputs } = state;
  if (source.kind === "kustomize") return inputs.reach?.(contents) ?? null;
  return isKindComposed(state) ? null : releaseReach(source, contents, textOf(source));
}

function digestOf(parts: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}

function once<Result>(make: () => Result): () => Result {
  let made: { readonly result: Result } | null = null;
  return () => {
    made ??= { result: make() };
    return made.result;
  };
}

/** Whether anything that goes in names Ingress, or may put the word together; what lies elsewhere, or is not known, may. */
export function mayHoldIngress(state: SourceState): boolean {
  return isUncertain(state) || isNamed(state, "Ingress") || isKindComposed(state);
}

function isKindComposed(state: Omit<SourceState, "reach">): boolean {
  const { source, contents } = state;
  const kinds = [asContent(source), ...contents].map(composedKind);
  if (source.kind === "kustomize" && source.substitute !== null && kinds.some(({ isVariable }) => isVariable))
    return true;
  // Nothing else runs templates.
  if (source.kind !== "helm" && !isNamed(state, "elmChart")) return false;
  const isValueChanged =
    kinds.some(({ isValue }) => isValue) && kinds.some(({ changesValues }) => changesValues);
  return isValueChanged || kinds.some(({ isComposed }) => isComposed);
}

/** Inline values may be run as templates too. */
const asContent = onceForEach((source: RenderedSource) => Buffer.from(textOf(source)));

function isUncertain({ inputs }: Pick<SourceState, "inputs">): boolean {
  return inputs.problems.length > 0 || inputs.isPartial === true;
}

/** A namespace that only a kustomization gives stands in it word for word, or in a manifest, unless it is put together. */
export function mayHold(state: SourceState, { namespace }: IngressId): boolean {
  if (!mayHoldIngress(state)) return false;
  const { source } = state;
  const isGivenElsewhere =
    source.kind === "helm" || source.namespace !== null || source.substitute !== null || isUncertain(state);
  return isGivenElsewhere || isNamed(state, namespace) || JOINING.some((word) => isNamed(state, word));
}

/** What can make a namespace of parts: replacements, variables, plugins and charts. */
const JOINING = ["eplacement", "vars:", "configurations:", "transformers:", "generators:", "elmChart"];

/** Whether a manifest or a kustomization that goes in says `namespace:` with it. */
export function givesNamespace({ contents }: SourceState, namespace: string): boolean {
  const pattern = new RegExp(`\\bnamespace["']?:\\s*["']?${RegExp.escape(namespace)}(?![\\w.-])`);
  return contents.some((content) => content.includes(namespace) && pattern.test(content.toString("latin1")));
}

const textOf = onceForEach((source: RenderedSource) => JSON.stringify(source));

function isNamed({ source, contents }: Omit<SourceState, "reach">, word: string): boolean {
  return textOf(source).includes(word) || contents.some((content) => mayName(content, word));
}
