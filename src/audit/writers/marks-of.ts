import type { Marks } from "../../model/discovery.ts";
import { isJsonObject, type Json } from "../../model/json.ts";

/** The labels and annotations of an object. */
export function marksOf(metadata: Json | undefined): { readonly labels: Marks; readonly annotations: Marks } {
  const { labels, annotations } = isJsonObject(metadata) ? metadata : {};
  return { labels: textsOf(labels), annotations: textsOf(annotations) };
}

function textsOf(value: Json | undefined): Marks {
  const entries = isJsonObject(value) ? Object.entries(value) : [];
  return Object.fromEntries(entries.map(([name, text]) => [name, String(text)]));
}
