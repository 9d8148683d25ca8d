import { rawPathOf } from "../../compare/raw-path-of.ts";
import { unkeyValue } from "../../compare/unkey-value.ts";
import type { Divergence } from "../../model/divergence.ts";
import { type FieldPath, formatFieldPath } from "../../model/field-path.ts";
import { type FieldReader, fieldReader } from "../../model/field-reader.ts";
import type { DesiredIngress } from "../../model/ingress.ts";
import type { Json } from "../../model/json.ts";
import type {
  Effect,
  ReviewedChange,
  ReviewedDrift,
  ReviewedPlace,
  ReviewedRisk,
} from "../../report/pull-request/pull-request-review.ts";
import { redactText } from "../../report/redact.ts";
import { type CommitLookup, reportedCommit, reportedValue } from "../reporting/build-report.ts";
import type { CommitsOfChange } from "./change-commits.ts";
import { agree, type IngressSides, valueIn } from "./ingress-sides.ts";
import { riskOf } from "./risk-of.ts";
import { declaredIn } from "./side.ts";
import type { FieldChange } from "./touched-ingresses.ts";

/** What a pull request changes in one field, and what that does to the cluster. */
export function reviewChange(
  change: FieldChange,
  sides: IngressSides,
  commitsOf: CommitsOfChange,
  commits: CommitLookup,
): Omit<ReviewedChange, "drift"> {
  const { divergence } = change;
  const { field } = divergence;
  const read = fieldReader(divergence);
  const live = liveValue(divergence, read, sides);
  return {
    field: redactText(formatFieldPath(field)),
    change: divergence.change,
    base: reportedValue(divergence.desired, field),
    head: reportedValue(divergence.live, field),
    effect: effectOf(divergence, read, sides),
    live: reportedValue(live, field),
    isLive: live !== undefined,
    risk: riskOfChange(change, sides),
    place: placeOf(field, sides),
    commits: commitsOf(sides.touched.id, divergence).map((sha) => reportedCommit(commits, sha, null)),
  };
}

/** Where the head declares the field, or the base where the head has it no more. */
export function placeOf(field: FieldPath, { touched }: IngressSides): ReviewedPlace | null {
  const head = declaredIn(touched.head);
  const base = declaredIn(touched.base);
  const isInHead = head !== null && (base === null || depthIn(head, field) >= depthIn(base, field));
  const ingress = isInHead ? head : base;
  if (ingress === null) return null;
  const place = ingress.placeAt(rawPathOf(ingress.object, field));
  return place === null ? null : { side: isInHead ? "head" : "base", ...place };
}

function depthIn({ object }: DesiredIngress, field: FieldPath): number {
  return rawPathOf(object, field).length;
}

function effectOf({ field }: Divergence, read: FieldReader, sides: IngressSides): Effect {
  const { after, head, live, liveKeyed } = sides;
  if (live.kind === "unread") return "unknown";
  if (agree(head, liveKeyed, field, read)) return "already-live";
  if (after.refusal !== null) return "refused";
  return agree(after.ingress, liveKeyed, field, read) ? "stays" : "changes";
}

function liveValue(
  { field, change }: Divergence,
  read: FieldReader,
  { liveKeyed }: IngressSides,
): Json | undefined {
  if (liveKeyed === null) return undefined;
  if (field.length === 0) return unkeyValue(liveKeyed.fields, []);
  const value = valueIn(liveKeyed, read);
  return value === undefined || change === "reordered" ? value : unkeyValue(value, field);
}

function riskOfChange(
  { divergence, expected }: FieldChange,
  { base, head, claims, touched }: IngressSides,
): ReviewedRisk {
  if (expected !== null) return { severity: "low", ...expected };
  return riskOf(divergence, base, head, { id: touched.id, claims });
}

/** The drift by which the cluster came to have what the pull request declares. */
export function adoptedBy(
  change: FieldChange,
  drifts: readonly { readonly divergence: Divergence; readonly drift: ReviewedDrift }[],
  isRelated: (one: Divergence, other: Divergence) => boolean,
): ReviewedDrift | null {
  return (
    drifts.find(
      ({ divergence, drift }) => drift.fate === "adopted" && isRelated(divergence, change.divergence),
    )?.drift ?? null
  );
}
