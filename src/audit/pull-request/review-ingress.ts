import { compareText } from "../../compare/compare-order.ts";
import { unkeyValue } from "../../compare/unkey-value.ts";
import { isJsonObject, type Json } from "../../model/json.ts";
import type { KeyedIngress } from "../../model/keyed-ingress.ts";
import type { ReviewedDrift, ReviewedIngress } from "../../report/pull-request/pull-request-review.ts";
import type { AttributedIngress } from "../audit-outcome.ts";
import { type CommitLookup, reportedValue } from "../reporting/build-report.ts";
import type { UnknownDeployer } from "../writers/unknown-deployer.ts";
import type { CommitsOfChange } from "./change-commits.ts";
import type { IngressSides } from "./ingress-sides.ts";
import { adoptedBy, placeOf, reviewChange } from "./review-changes.ts";
import { isRelated, reviewDrift } from "./review-drift.ts";
import { declaredIn } from "./side.ts";

/** What was found out about one Ingress before it is reviewed. */
export interface IngressFindings {
  readonly sides: IngressSides;
  /** The audit of base and live; null where there was none. */
  readonly attributed: AttributedIngress | null;
  /** How much of the drift rules took out. */
  readonly ignored: number;
  readonly unknownDeployer: UnknownDeployer | null;
}

/** Tell apart what a pull request changes in an Ingress, what its merge overwrites there, and what else has drifted. */
export function reviewIngress(
  { sides, attributed, ignored, unknownDeployer }: IngressFindings,
  commitsOf: CommitsOfChange,
  commits: CommitLookup,
): ReviewedIngress {
  const { touched, live, after } = sides;
  const drifts = (attributed?.divergences ?? []).map((each) => ({
    divergence: each.divergence,
    drift: reviewDrift(attributed as AttributedIngress, each, sides, commits, unknownDeployer),
  }));
  const isOverwrite = ({ fate, verdict }: ReviewedDrift) =>
    fate === "overwritten" && (verdict === "out-of-band" || verdict === "unmerged");
  const all = drifts.map(({ drift }) => drift);
  return {
    namespace: touched.id.namespace,
    name: touched.id.name,
    change: changeOf(sides),
    place: placeOf([], sides) ?? originOf(sides),
    live: live.kind === "unread" ? "unread" : live.live === null ? "absent" : "present",
    unreadBecause: live.kind === "unread" ? live.because : null,
    refusal: after.refusal,
    changes: touched.changes.map((change) => {
      const reviewed = reviewChange(change, sides, commitsOf, commits);
      const drift = reviewed.effect === "already-live" ? adoptedBy(change, drifts, isRelated) : null;
      return { ...reviewed, drift };
    }),
    overwrites: all.filter(isOverwrite),
    drift: all.filter((drift) => drift.fate !== "adopted" && !isOverwrite(drift)),
    ignored,
    ...beforeAndAfter(sides),
  };
}

/** What is rendered has no line of its own; where the object came from is still known. */
function originOf({ touched }: IngressSides): ReviewedIngress["place"] {
  const head = declaredIn(touched.head);
  const ingress = head ?? declaredIn(touched.base);
  if (ingress === null) return null;
  return { side: head === null ? "base" : "head", path: ingress.origin.path, line: ingress.origin.line };
}

function changeOf({ touched: { base, head } }: IngressSides): ReviewedIngress["change"] {
  if (head.kind === "unreadable") return "unreadable";
  if (base.kind === "unreadable") return "mended";
  if (head.kind === "absent") return "removed";
  return base.kind === "absent" ? "added" : "changed";
}

function beforeAndAfter(sides: IngressSides): { before: Json; after: Json } {
  const { live, base, head, liveKeyed, after, touched } = sides;
  if (touched.head.kind === "unreadable") return { before: null, after: null };
  return live.kind === "unread"
    ? { before: shown(base), after: shown(head) }
    : { before: shown(liveKeyed), after: shown(after.ingress) };
}

function shown(ingress: KeyedIngress | null): Json {
  return ingress === null ? null : reportedValue(inOneOrder(unkeyValue(ingress.fields, [])), []);
}

/** Where order means nothing it is the alphabet's: keys of annotations and labels, finalizers, TLS hosts. */
function inOneOrder(value: Json, name = ""): Json {
  if (Array.isArray(value)) {
    const items = value.map((item: Json) => inOneOrder(item));
    return UNORDERED.has(name) ? items.toSorted(byText) : items;
  }
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).map(([key, each]): [string, Json] => [key, inOneOrder(each, key)]);
  return Object.fromEntries(
    UNORDERED.has(name) ? entries.toSorted(([left], [right]) => byText(left, right)) : entries,
  );
}

const UNORDERED: ReadonlySet<string> = new Set(["annotations", "labels", "finalizers", "hosts"]);

function byText(left: Json, right: Json): number {
  return compareText(String(left), String(right));
}
