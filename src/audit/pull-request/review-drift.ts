import { unkeyValue } from "../../compare/unkey-value.ts";
import type { Change, Divergence } from "../../model/divergence.ts";
import { isWithin } from "../../model/field-path.ts";
import { type FieldReader, fieldReader } from "../../model/field-reader.ts";
import type { Json } from "../../model/json.ts";
import type { KeyedIngress } from "../../model/keyed-ingress.ts";
import type { Fate, ReviewedDrift, ReviewedRisk } from "../../report/pull-request/pull-request-review.ts";
import type { AttributedDivergence, AttributedIngress } from "../audit-outcome.ts";
import { type CommitLookup, reportedDivergence, reportedValue } from "../reporting/build-report.ts";
import type { UnknownDeployer } from "../writers/unknown-deployer.ts";
import { agree, type IngressSides, valueIn } from "./ingress-sides.ts";
import { riskOf } from "./risk-of.ts";

/** A field in which base and live differ, and what the merge makes of it. */
export function reviewDrift(
  attributed: AttributedIngress,
  each: AttributedDivergence,
  sides: IngressSides,
  commits: CommitLookup,
  unknownDeployer: UnknownDeployer | null,
): ReviewedDrift {
  const { divergence } = each;
  const { ingress: after } = sides.after;
  const read = fieldReader(divergence);
  const fate = fateOf(divergence, read, sides);
  const value = valueAfter(after, divergence, read);
  return {
    ...reportedDivergence(attributed, each, commits, unknownDeployer),
    fate,
    after: reportedValue(value, divergence.field),
    isGone: value === undefined,
    isChanged: sides.touched.changes.some((change) => isRelated(change.divergence, divergence)),
    risk: fate === "overwritten" ? overwriteRisk(divergence, read, sides) : null,
  };
}

/** Whether one of them is about the other, or about a part of it. */
export function isRelated(one: Pick<Divergence, "field">, other: Pick<Divergence, "field">): boolean {
  return isWithin(one.field, other.field) || isWithin(other.field, one.field);
}

function fateOf({ field }: Divergence, read: FieldReader, sides: IngressSides): Fate {
  const { after, head, liveKeyed, touched } = sides;
  if (touched.head.kind === "unreadable") return "unknown";
  if (after.refusal === null && !agree(after.ingress, liveKeyed, field, read)) return "overwritten";
  return agree(head, liveKeyed, field, read) ? "adopted" : "stays";
}

function valueAfter(
  after: KeyedIngress | null,
  { field, change }: Divergence,
  read: FieldReader,
): Json | undefined {
  if (after === null) return undefined;
  if (field.length === 0) return unkeyValue(after.fields, []);
  const value = valueIn(after, read);
  return value === undefined || change === "reordered" ? value : unkeyValue(value, field);
}

function overwriteRisk(
  { field, change }: Divergence,
  read: FieldReader,
  { after, claims, liveKeyed, touched }: IngressSides,
): ReviewedRisk {
  const now = field.length === 0 ? liveKeyed?.fields : valueIn(liveKeyed, read);
  const then = field.length === 0 ? after.ingress?.fields : valueIn(after.ingress, read);
  const overwrite: Divergence = {
    field,
    change: change === "reordered" ? change : changeBetween(now, then),
    desired: now,
    live: then,
  };
  return riskOf(overwrite, liveKeyed, after.ingress, { id: touched.id, claims });
}

function changeBetween(before: Json | undefined, after: Json | undefined): Change {
  if (before === undefined) return "added";
  return after === undefined ? "removed" : "changed";
}
