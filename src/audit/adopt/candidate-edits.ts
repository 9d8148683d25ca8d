import { adoptionSteps } from "../../compare/adoption-edits.ts";
import type { Divergence } from "../../model/divergence.ts";
import type { IngressId, IngressObject, RawPath } from "../../model/ingress.ts";
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import type { ValueEdit } from "../../model/value-edit.ts";
import { editsOfLikeValues } from "./edits-of-like-values.ts";
import { nodesOf } from "./placed-nodes.ts";

/** What may be written into a document of an input file, so that what is rendered from it becomes the live value. */
export interface CandidateEdit {
  readonly document: number;
  /** Where it stands: the first path that is edited. */
  readonly path: RawPath;
  readonly edits: readonly ValueEdit[];
}

/** What the rendered object would need. */
export interface RenderedStep {
  readonly id: IngressId;
  readonly rendered: IngressObject;
  readonly live: IngressObject;
  readonly divergences: readonly Divergence[];
  /** On the rendered object. */
  readonly edits: readonly ValueEdit[];
}

/**
 * The places in one input file that may carry a rendered value: the field itself in a manifest or a patch, and whatever
 * else holds the same value. Which of them do is seen by rendering.
 */
export function candidateEdits(
  documents: readonly (Json | undefined)[],
  step: RenderedStep,
): readonly CandidateEdit[] {
  return documents.flatMap((value, document) => {
    if (value === undefined || value === null) return [];
    const [edit, ...more] = step.edits;
    const like = edit === undefined || more.length > 0 ? [] : editsOfLikeValues(value, step.rendered, edit);
    const found = [...inManifests(value, step), ...like.map((each) => [each])];
    const distinct = new Map(found.map((edits) => [JSON.stringify(edits), edits]));
    return [...distinct.values()].map((edits) => ({ document, path: edits[0]?.path ?? [], edits }));
  });
}

/** In what declares or patches the object by name, the field stands where it stands in the object. */
function inManifests(value: Json, step: RenderedStep): readonly (readonly ValueEdit[])[] {
  return [...nodesOf(value, [])].flatMap(({ path, node }) => {
    if (!isJsonObject(node) || node.kind !== "Ingress" || !isNamed(node, step.id)) return [];
    try {
      const edits = adoptionSteps(node, step.live, step.divergences).flatMap((each) => each.edits);
      return edits.length === 0 ? [] : [edits.map((edit) => ({ ...edit, path: [...path, ...edit.path] }))];
    } catch (error) {
      if (error instanceof RangeError) return [];
      throw error;
    }
  });
}

/** A prefix or a suffix may have been put to the name. */
function isNamed({ metadata }: JsonObject, { name }: IngressId): boolean {
  return isJsonObject(metadata) && typeof metadata.name === "string" && name.includes(metadata.name);
}
