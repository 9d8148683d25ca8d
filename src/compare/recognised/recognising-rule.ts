import type { Divergence } from "../../model/divergence.ts";
import { shapeAt } from "../ingress-shape.ts";
import { defaultIngressClassRule } from "./default-ingress-class.ts";
import type { RecognitionFacts, RecognitionRule } from "./recognition-rule.ts";
import { trackingMarkRules } from "./tracking-marks.ts";

const droppedFieldRule: RecognitionRule = {
  name: "undefined-field-dropped",
  reason: "The API server drops a field that Ingress does not define.",
  recognises: ({ field, change }) => change === "removed" && shapeAt(field).kind === "unknown",
};

/** Every rule that takes a difference for expected; each is counted and named in the report. */
export const RECOGNITION_RULES: readonly RecognitionRule[] = [
  defaultIngressClassRule,
  ...trackingMarkRules,
  droppedFieldRule,
];

/** @returns the rule that expects the difference; null where it is a divergence. */
export function recognisingRule(divergence: Divergence, facts: RecognitionFacts): RecognitionRule | null {
  return RECOGNITION_RULES.find(({ recognises }) => recognises(divergence, facts)) ?? null;
}
