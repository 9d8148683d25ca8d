import type { UnrenderedSource } from "../../../model/discovery.ts";
import { isJsonObject, type Json, type JsonObject } from "../../../model/json.ts";
import { trackedBy } from "./owned-by-application.ts";

/**
 * Whether a live Ingress bears the mark of an Application that a set may have made: one that its template may name, and
 * that is not known by itself.
 *
 * @param known Names of the Applications that are known.
 */
export function ownedBySet(set: JsonObject, known: ReadonlySet<string>): UnrenderedSource["owns"] {
  const patterns = templateNames(set.spec ?? null).map(toRegExp);
  const isIts = (name: string) => !known.has(name) && patterns.some((pattern) => pattern.test(name));
  return (live) => {
    const marked = trackedBy(live);
    return marked !== null && isIts(marked.slice(marked.indexOf("_") + 1));
  };
}

/** Of the set's own template, and of those of its generators, however deep. */
function templateNames(value: Json): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((each: Json) => templateNames(each));
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, each]) => {
    const metadata = key === "template" && isJsonObject(each) ? each.metadata : null;
    const name = isJsonObject(metadata) ? metadata.name : null;
    return typeof name === "string" ? [name] : templateNames(each);
  });
}

/** An action may become any text. */
function toRegExp(template: string): RegExp {
  const literal = template.split(/\{\{.*?\}\}/s).map((part) => RegExp.escape(part));
  return new RegExp(`^${literal.join(".*")}$`, "s");
}
