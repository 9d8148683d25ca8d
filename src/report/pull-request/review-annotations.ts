import { SEVERITIES } from "../../model/severity.ts";
import { type Annotation, inLines, ofProblem, SEVERITY_LEVELS } from "../annotations.ts";
import type { Telling } from "../describe-commit.ts";
import { fieldName } from "../field-name.ts";
import { plainText } from "../phrase.ts";
import { revealInvisible } from "../reveal-invisible.ts";
import { describeEvidence, describeOverwrite } from "./describe-overwrite.ts";
import type {
  PullRequestReview,
  ReviewedChange,
  ReviewedDrift,
  ReviewedIngress,
  ReviewedPlace,
} from "./pull-request-review.ts";
import { summariseValue } from "./summarise-value.ts";

type Told = Telling & { readonly now: Date };

/**
 * A review beside the lines that the pull request changes: what its merge would overwrite, what its changes expose, and
 * what cannot be read. What stands at the base only has no line in the pull request.
 */
export function reviewAnnotations(review: PullRequestReview, telling: Told): readonly Annotation[] {
  return [
    ...review.ingresses.flatMap((ingress) =>
      ingress.overwrites.map((each) => ofOverwrite(ingress, each, telling)),
    ),
    ...riskyChanges(review).map(({ ingress, change }) => ofChange(ingress, change)),
    ...review.problems.map(ofProblem),
  ];
}

/** Worst first; what exposes nothing needs no remark. */
function riskyChanges({ ingresses }: PullRequestReview) {
  return ingresses
    .flatMap((ingress) => ingress.changes.map((change) => ({ ingress, change })))
    .filter(({ change }) => change.risk.severity !== "low")
    .sort((left, right) => rank(right.change) - rank(left.change));
}

function rank({ risk }: ReviewedChange): number {
  return SEVERITIES.indexOf(risk.severity);
}

function ofOverwrite(ingress: ReviewedIngress, drift: ReviewedDrift, telling: Told): Annotation {
  const change = ingress.changes.find(({ field }) => field === drift.field);
  return {
    level: "error",
    title: revealInvisible(`the merge would overwrite a live change: ${ingress.namespace}/${ingress.name}`),
    message: inLines([
      plainText(describeOverwrite(drift, telling.now)),
      drift.field,
      ...describeEvidence(drift, telling).map(plainText),
    ]),
    ...lineOf(change?.place ?? ingress.place),
  };
}

function ofChange({ namespace, name }: ReviewedIngress, change: ReviewedChange): Annotation {
  const { field, risk, place } = change;
  return {
    level: SEVERITY_LEVELS[risk.severity],
    title: revealInvisible(`${risk.severity} risk: ${namespace}/${name}`),
    message: inLines([fieldName(field), `${risk.reason} (${risk.rule})`, ...valuesOf(change)]),
    ...lineOf(place),
  };
}

/** Of the sides that have the field. */
function valuesOf({ change, base, head }: ReviewedChange): readonly string[] {
  if (change === "reordered") return [];
  return [
    ...(change === "added" ? [] : [`base: ${plainText(summariseValue(base))}`]),
    ...(change === "removed" ? [] : [`head: ${plainText(summariseValue(head))}`]),
  ];
}

function lineOf(place: ReviewedPlace | null): Pick<Annotation, "path" | "line"> {
  return place === null || place.side === "base"
    ? { path: null, line: null }
    : { path: place.path, line: place.line };
}
