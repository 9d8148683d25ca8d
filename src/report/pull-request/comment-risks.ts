import { SEVERITIES, type Severity } from "../../model/severity.ts";
import { grouped } from "../elide.ts";
import { SEVERITY_SIGNS } from "../markdown-section.ts";
import { own, type Phrase, say, value } from "../phrase.ts";
import { always, type Block } from "./block.ts";
import { cell } from "./bounded-markdown.ts";
import { describePlace } from "./describe-place.ts";
import type {
  PullRequestReview,
  ReviewedChange,
  ReviewedDrift,
  ReviewedRisk,
} from "./pull-request-review.ts";
import { short } from "./short.ts";

/** One reason why merging may be dangerous. */
interface RankedRisk extends ReviewedRisk {
  readonly ingress: string;
  readonly what: Phrase;
}

const MAX_ROWS = 10;

/** Worst first: of what the pull request changes, and of what its merge takes back. */
export function risksOf({ ingresses }: PullRequestReview): readonly RankedRisk[] {
  const risks = ingresses.flatMap((ingress) => {
    const name = `${ingress.namespace}/${ingress.name}`;
    return [
      ...ingress.changes.map((change) => ({ ...change.risk, ingress: name, what: describeChange(change) })),
      ...ingress.overwrites.flatMap((drift) =>
        drift.risk === null || drift.isChanged
          ? []
          : [{ ...drift.risk, ingress: name, what: describeReturn(drift) }],
      ),
    ];
  });
  return risks.sort((left, right) => rank(right.severity) - rank(left.severity));
}

function rank(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}

export function risksTable(review: PullRequestReview): readonly Block[] {
  const risks = risksOf(review);
  const listed = risks.filter(({ severity }) => severity !== "low").slice(0, MAX_ROWS);
  if (listed.length === 0) return [];
  const left = risks.slice(listed.length);
  const rows = listed.map(({ severity, rule, reason, ingress, what }) => {
    const cells = [
      [own(`${SEVERITY_SIGNS[severity]} ${severity}`)],
      [short(ingress)],
      what,
      say`${reason} ${value(rule)}`,
    ];
    return `| ${cells.map(cell).join(" | ")} |`;
  });
  const more = `_${grouped(left.length)} more, none worse than ${left[0]?.severity ?? "low"}._`;
  return [
    always(["| Risk | Ingress | Change | Why |", "|---|---|---|---|", ...rows].join("\n")),
    ...(left.length === 0 ? [] : [always(more)]),
  ];
}

function describeChange({ field, change }: ReviewedChange): Phrase {
  return say`${describePlace(field)} ${own(CHANGE_WORDS[change])}`;
}

function describeReturn({ field, isGone, change }: ReviewedDrift): Phrase {
  const word = change === "removed" ? "comes back" : isGone ? "is taken out of the cluster" : "is reverted";
  return say`${describePlace(field)} ${own(word)}`;
}

const CHANGE_WORDS: Readonly<Record<ReviewedChange["change"], string>> = {
  changed: "changed",
  added: "added",
  removed: "removed",
  reordered: "changed",
};
