import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  parseAllDocuments,
  type Scalar,
} from "yaml";
import { onceForEach } from "../../../model/once-for-each.ts";

/** What one document says, without comments and layout; two that say the same give the same text. */
export interface DocumentMeaning {
  readonly whole: string;
  /**
   * apiVersion, kind and metadata alone; null where they are not all there, or where what else it says may count: a list
   * of objects, a kind with a variable in it, annotations by which kustomize is told something.
   */
  readonly identity: string | null;
  readonly isIngress: boolean;
}

/**
 * Scalars count as they are written, since tools differ in what they take for a number.
 *
 * @returns null where a file is no YAML, or has anchors, tags or directives: then its bytes count.
 */
export const meaningOf = onceForEach((content: Buffer): readonly DocumentMeaning[] | null => {
  const text = content.toString("utf8");
  if (text.includes("\uFFFD") || text.includes("\t")) return null;
  const documents = [...parseAllDocuments(text, { prettyErrors: false, logLevel: "error" })];
  const read = documents.map(documentMeaning);
  return read.some((each) => each === null) ? null : read.flatMap((each) => each ?? []);
});

function documentMeaning({
  contents,
  directives,
  errors,
  warnings,
}: Document.Parsed): DocumentMeaning | null {
  const isPlain = errors.length === 0 && warnings.length === 0 && directives?.yaml.explicit !== true;
  const written = isPlain ? asWritten(contents) : undefined;
  if (written === undefined) return null;
  const kind = isMap(contents) ? textOf(contents.get("kind", true)) : null;
  return {
    whole: JSON.stringify(written),
    identity: isMap(contents) && kind !== null ? identityOf(contents, kind) : null,
    isIngress: kind === "Ingress",
  };
}

type Written = readonly unknown[];

/** undefined where it has something that this cannot tell. */
function asWritten(node: Node | null): Written | undefined {
  if (node === null) return [];
  if (isAlias(node) || node.tag !== undefined || ("anchor" in node && node.anchor !== undefined))
    return undefined;
  if (isScalar(node)) return scalarAsWritten(node);
  if (isSeq(node))
    return all(
      "list",
      node.items.map((item) => asWritten(item as Node | null)),
    );
  if (!isMap(node)) return undefined;
  const pairs = node.items.flatMap(({ key, value }) => [key, value]);
  return all(
    "map",
    pairs.map((each) => asWritten(each as Node | null)),
  );
}

function all(kind: string, parts: readonly (Written | undefined)[]): Written | undefined {
  return parts.some((part) => part === undefined) ? undefined : [kind, ...parts];
}

function scalarAsWritten({ type, source, value }: Scalar): Written | undefined {
  if (type === "PLAIN") return source === "<<" ? undefined : ["plain", source ?? ""];
  return typeof value === "string" ? ["text", value] : undefined;
}

function identityOf(map: { get(key: string, keepScalar: true): unknown }, kind: string): string | null {
  const metadata = map.get("metadata", true);
  const version = textOf(map.get("apiVersion", true));
  if (version === null || !isMap(metadata) || !/^\w+$/.test(kind) || /List$/.test(kind)) return null;
  const written = asWritten(metadata);
  const text = JSON.stringify(written ?? "");
  return written === undefined || /kustomize|config\.kubernetes\.io/.test(text)
    ? null
    : JSON.stringify([version, kind, text]);
}

function textOf(node: unknown): string | null {
  return isScalar(node) && typeof node.value === "string" ? node.value : null;
}
