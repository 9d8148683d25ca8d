import { type FieldWrites, fieldWrites } from "../../../../src/attribute/writes/field-writes.ts";
import { keyIngress } from "../../../../src/compare/key-ingress.ts";
import { parseFieldPath } from "../../../../src/model/field-path.ts";
import type { IngressObject } from "../../../../src/model/ingress.ts";
import { isJsonObject } from "../../../../src/model/json.ts";
import { keyedValueAt } from "../../../../src/model/keyed-ingress.ts";
import { ingress, manifest, observe, rule, type ShortWrite } from "./observe.ts";

export const CLASS = "spec.ingressClassName";
export const TEAM = 'metadata.annotations["team"]';
export const service = (host: string) =>
  `spec.rules[host="${host}"].http.paths[path="/",pathType="Prefix"].backend.service.name`;

export function trace(field: string, short: readonly ShortWrite[], live: IngressObject | null): FieldWrites {
  const path = parseFieldPath(field) ?? [];
  const metadata = isJsonObject(live?.metadata) ? live.metadata : {};
  return fieldWrites({
    writes: observe(short),
    live: live && {
      keyed: keyIngress(live),
      object: live,
      uid: String(metadata.uid),
      resourceVersion: String(metadata.resourceVersion),
      generation: Number(metadata.generation),
    },
    read: (each) => (path.length === 0 ? true : keyedValueAt(each, path)),
    field: path,
    logFirstEventAt: null,
  });
}

/** `shown alice`, `admission alice`, or the kind alone. */
export function verdict(field: string, short: readonly ShortWrite[], live: IngressObject | null): string {
  const { liveWrite } = trace(field, short, live);
  return "transition" in liveWrite ? `${liveWrite.kind} ${liveWrite.transition.write.user}` : liveWrite.kind;
}

export function gapOf(field: string, short: readonly ShortWrite[], live: IngressObject | null): string {
  const { liveWrite } = trace(field, short, live);
  return liveWrite.kind === "gap" ? liveWrite.reason : `no gap, but ${liveWrite.kind}`;
}

export const create = (by: string, after: IngressObject): ShortWrite => {
  const metadata = isJsonObject(after.metadata) ? after.metadata : {};
  const annotations = isJsonObject(metadata.annotations) ? { annotations: metadata.annotations } : {};
  return {
    by,
    verb: "create",
    request: manifest(isJsonObject(after.spec) ? after.spec : {}, annotations),
    after,
  };
};

export const CREATED = ingress(10, 1, {
  ingressClassName: "a",
  rules: [rule("h1", "api"), rule("h2", "shop")],
});
