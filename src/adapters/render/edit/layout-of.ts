import { isCollection, isMap, isPair, isScalar, isSeq, type Node, Scalar, visit, type YAMLMap } from "yaml";
import type { DocumentText } from "../split-documents.ts";
import type { Layout } from "./print-value.ts";
import { columnOf } from "./text-lines.ts";
import { startOfItem } from "./yaml-places.ts";

/** How a document is laid out, by the first place that shows it; as kubectl prints YAML where none does. */
export function layoutOf(root: Node, { text, isJson }: DocumentText): Layout {
  let indent: number | null = null;
  let indentSeq: boolean | null = null;
  visit(root, {
    Pair: (_, pair, path) => {
      const map = path.at(-1);
      if (!isMap(map) || map.flow === true || !isPair(pair) || !isCollection(pair.value)) return;
      if (pair.value.flow === true || pair.value.items.length === 0) return;
      const further =
        columnOf(text, startOfItem(pair.value as YAMLMap, 0)) - columnOf(text, startOfItem(map, 0));
      if (isSeq(pair.value)) indentSeq ??= further > 0;
      else if (further > 0) indent ??= further;
    },
  });
  return { indent: indent ?? 2, indentSeq: indentSeq ?? false, isJson: isJson || isWrittenAsJson(root) };
}

/** YAML that is one flow map with quoted keys. */
function isWrittenAsJson(root: Node): boolean {
  if (!isMap(root) || root.flow !== true) return false;
  return root.items.every(({ key }) => isScalar(key) && key.type === Scalar.QUOTE_DOUBLE);
}
