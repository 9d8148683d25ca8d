import { entrySegment, formatFieldPath } from "../../model/field-path.ts";
import type { IngressObject, LiveIngressClass } from "../../model/ingress.ts";
import { isJsonObject } from "../../model/json.ts";
import { keyedValueAt } from "../../model/keyed-ingress.ts";
import { compareText } from "../compare-order.ts";
import type { RecognitionRule } from "./recognition-rule.ts";

const CLASS_ANNOTATION = ["metadata", "annotations", entrySegment("kubernetes.io/ingress.class")];

/** @see k8s.io/kubernetes/plugin/pkg/admission/network/defaultingressclass/admission.go */
export const defaultIngressClassRule: RecognitionRule = {
  name: "default-ingress-class",
  reason: "Git names no class, and the API server gives such an Ingress the cluster's default IngressClass.",
  recognises: ({ field, change, live }, { desired, desiredObject, ingressClasses, isClassOwned }) =>
    change === "added" &&
    formatFieldPath(field) === "spec.ingressClassName" &&
    keyedValueAt(desired, CLASS_ANNOTATION) === undefined &&
    // What admission fills in has no owner, also when another class has become the default since; a class that has
    // one was written by somebody, also where it is the default. But server-side apply of null is told to own it.
    (isClassOwned === null || hasNullClass(desiredObject)
      ? live === defaultClassName(ingressClasses ?? [])
      : !isClassOwned),
};

function hasNullClass({ spec }: IngressObject): boolean {
  return isJsonObject(spec) && spec.ingressClassName === null;
}

/** Of several default classes the API server takes the newest, then the first by name. Unknown ages decide nothing. */
function defaultClassName(classes: readonly LiveIngressClass[]): string | null {
  const defaults = classes.filter(({ isDefault }) => isDefault);
  if (defaults.length > 1 && defaults.some(({ createdAt }) => createdAt === undefined)) return null;
  const [first] = defaults.toSorted(
    (left, right) =>
      compareText(right.createdAt ?? "", left.createdAt ?? "") || compareText(left.name, right.name),
  );
  return first?.name ?? null;
}
