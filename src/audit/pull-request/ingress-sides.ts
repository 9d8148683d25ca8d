import { keyIngress } from "../../compare/key-ingress.ts";
import type { SeverityContext } from "../../compare/rate-severity.ts";
import type { FieldPath } from "../../model/field-path.ts";
import type { FieldReader } from "../../model/field-reader.ts";
import { type KeyedIngress, type KeyedValue, sameKeyedValue } from "../../model/keyed-ingress.ts";
import type { LiveSide } from "./live-side.ts";
import type { PredictedMerge } from "./predict-merge.ts";
import { declaredIn } from "./side.ts";
import type { TouchedIngress } from "./touched-ingresses.ts";

/** One Ingress in all the states that a review speaks of; null where that state has no such object. */
export interface IngressSides {
  readonly touched: TouchedIngress;
  readonly live: LiveSide;
  readonly base: KeyedIngress | null;
  readonly head: KeyedIngress | null;
  readonly liveKeyed: KeyedIngress | null;
  readonly after: PredictedMerge;
  readonly claims: SeverityContext["claims"];
}

export function ingressSides(
  touched: TouchedIngress,
  live: LiveSide,
  after: PredictedMerge,
  claims: SeverityContext["claims"],
): IngressSides {
  const [base, head] = [touched.base, touched.head].map((side) => {
    const ingress = declaredIn(side);
    return ingress === null ? null : keyIngress(ingress.object);
  });
  const liveObject = live.kind === "read" ? live.live : null;
  return {
    touched,
    live,
    base: base ?? null,
    head: head ?? null,
    liveKeyed: liveObject === null ? null : keyIngress(liveObject.object),
    after,
    claims,
  };
}

/** Whether two states agree in a field; the empty path asks for the whole object. */
export function agree(
  left: KeyedIngress | null,
  right: KeyedIngress | null,
  field: FieldPath,
  read: FieldReader,
): boolean {
  if (field.length === 0) return sameIngress(left, right);
  return sameKeyedValue(valueIn(left, read), valueIn(right, read));
}

export function valueIn(ingress: KeyedIngress | null, read: FieldReader): KeyedValue | undefined {
  return ingress === null ? undefined : read(ingress);
}

function sameIngress(left: KeyedIngress | null, right: KeyedIngress | null): boolean {
  if (left === null || right === null) return left === right;
  const orders = ({ order }: KeyedIngress) =>
    Object.fromEntries([...order].map(([list, each]) => [list, [...each]]));
  return sameKeyedValue(left.fields, right.fields) && sameKeyedValue(orders(left), orders(right));
}
