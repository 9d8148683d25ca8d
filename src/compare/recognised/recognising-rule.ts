import type { Divergence } from "../../model/divergence.ts";
import { isJsonObject } from "../../model/json.ts";
import { shapeAt } from "../ingress-shape.ts";
import { readSegment } from "../read-segment.ts";
import { defaultIngressClassRule } from "./default-ingress-class.ts";
import type { RecognitionFacts, RecognitionRule } from "./recognition-rule.ts";
import { trackingMarkRules } from "./tracking-marks.ts";

const droppedFieldRule: RecognitionRule = {
  name: "undefined-field-dropped",
  reason: "The API server drops a field that Ingress does not define.",
  recognises: ({ field, change }) => change === "removed" && shapeAt(field).kind === "unknown",
};

/** Seen on a real server: every other way to apply it stores the empty string. */
const nullLabelRule: RecognitionRule = {
  name: "null-label-dropped",
  reason: "Client-side apply leaves out a label that is null in Git.",
  recognises: ({ field, change }, { desiredObject }) => {
    const [root, map, segment] = field;
    if (change !== "removed" || root !== "metadata" || map !== "labels" || segment === undefined)
      return false;
    const { metadata } = desiredObject;
    const labels = isJsonObject(metadata) ? metadata.labels : undefined;
    return isJsonObject(labels) && labels[readSegment(segment)] === null;
  },
};

/** Every rule that takes a difference for expected; each is counted and named in the report. */
export const RECOGNITION_RULES: readonly RecognitionRule[] = [
  defaultIngressClassRule,
  ...trackingMarkRules,
  droppedFieldRule,
  nullLabelRule,
];

/** @returns the rule that expects the difference; null where it is a divergence. */
export function recognisingRule(divergence: Divergence, facts: RecognitionFacts): RecognitionRule | null {
  return RECOGNITION_RULES.find(({ recognises }) => recognises(divergence, facts)) ?? null;
}
