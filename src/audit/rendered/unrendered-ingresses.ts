import type { Declarer, UnrenderedSource } from "../../model/discovery.ts";
import type { ComparedIngress } from "../../model/divergence.ts";
import type { IngressId } from "../../model/ingress.ts";
import type { Problem } from "../../model/problem.ts";
import { marksOf } from "../writers/marks-of.ts";

/** Live Ingresses of sources that are not rendered here: nobody made them by hand, and they are not audited. */
export function ofUnrendered(
  compared: readonly ComparedIngress[],
  unrendered: readonly UnrenderedSource[],
): { readonly hidden: readonly IngressId[]; readonly problems: readonly Problem[] } {
  const extras = compared.filter(({ state }) => state === "extra");
  const owned = unrendered.map((source) => ({
    source,
    ids: extras
      .filter(({ id, live }) => source.owns({ id, ...marksOf(live?.object.metadata) }))
      .map(({ id }) => id),
  }));
  return {
    hidden: [...new Set(owned.flatMap(({ ids }) => ids))],
    problems: owned.map(({ source, ids }) => notRendered(source, ids.length)),
  };
}

function notRendered({ declaredBy, reason, remedy }: UnrenderedSource, count: number): Problem {
  const hidden =
    count === 0
      ? ""
      : `; ${count === 1 ? "its live Ingress is" : `its ${count} live Ingresses are`} not audited`;
  return {
    path: declaredBy.place?.path ?? nameOf(declaredBy),
    line: declaredBy.place?.line ?? null,
    code: "source-not-rendered",
    message: `${nameOf(declaredBy)} is not rendered, because ${reason}${hidden}`,
    remedy,
    level: "warning",
  };
}

function nameOf({ kind, name }: Declarer): string {
  return `${kind} ${name}`;
}
