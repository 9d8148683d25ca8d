import type { IngressObject } from "../model/ingress.ts";
import { isJsonObject, type Json, sameJson } from "../model/json.ts";
import { INGRESS_SHAPE, type Shape, shapeOfChild } from "./ingress-shape.ts";

/**
 * True where two objects say the same in the same words but for what the comparison ignores, so that nothing has to be
 * keyed to see that they agree. False tells nothing: they may agree in other words.
 */
export function agreeAsWritten(desired: IngressObject, live: IngressObject): boolean {
  return agree(desired, live, INGRESS_SHAPE);
}

function agree(desired: Json | undefined, live: Json | undefined, shape: Shape): boolean {
  const hasIgnored = shape.kind === "object" || shape.kind === "map";
  if (!hasIgnored || !isJsonObject(desired) || !isJsonObject(live)) return sameJson(desired, live);
  const compared = (object: IngressObject) =>
    Object.keys(object).filter((name) => !shape.ignored.includes(name));
  const names = compared(desired);
  return (
    names.length === compared(live).length &&
    names.every(
      (name) => Object.hasOwn(live, name) && agree(desired[name], live[name], shapeOfChild(shape, name)),
    )
  );
}
