import { Document, isScalar, Scalar, visit } from "yaml";
import type { Json } from "../../../model/json.ts";
import { resolveScalar } from "../resolve-scalar.ts";

/** How a document writes collections. */
export interface Layout {
  /** Columns by which a map's value stands further right than the map. */
  readonly indent: number;
  /** Whether the dashes of a list stand further right than the key of the list. */
  readonly indentSeq: boolean;
  /** Whether the document is JSON, or written as if it were. */
  readonly isJson: boolean;
}

/** A value in block style, as lines that each end in a newline. */
export function printBlock(value: Json, { indent, indentSeq }: Layout): string {
  return documentOf(value).toString({ lineWidth: 0, indent, indentSeq });
}

/** A value on one line, as it stands within a flow collection or after a key. */
export function printInline(value: Json, { isJson }: Pick<Layout, "isJson">): string {
  if (isJson) return JSON.stringify(value);
  const document = documentOf([value]);
  visit(document, { Scalar: (_, node) => keepOnOneLine(node) });
  const text = document.toString({ lineWidth: 0, collectionStyle: "flow", flowCollectionPadding: false });
  return text.trim().slice(1, -1);
}

/** A string in the quotes that another one has. */
export function printQuoted(text: string, quotes: "single" | "double"): string {
  return quotes === "double" || /[^\x20-\x7e\u00a0-\u{10ffff}]/u.test(text)
    ? JSON.stringify(text)
    : `'${text.replaceAll("'", "''")}'`;
}

/** Each line further right; empty lines stay empty. */
export function indentLines(text: string, columns: number): string {
  return text.replace(/^(?=.)/gm, " ".repeat(columns));
}

/** Quotes whatever kubectl would not read as the text that it is: it follows YAML 1.1. */
function documentOf(value: Json): Document {
  const document = new Document(value, { version: "1.1", aliasDuplicateObjects: false });
  visit(document, {
    Scalar: (_, node) => {
      if (isScalar(node) && typeof node.value === "string" && needsQuotes(node.value))
        node.type = Scalar.QUOTE_DOUBLE;
    },
    // Else an empty list stands on a line of its own, where it is no value of the key above it.
    Seq: (_, node) => {
      if (node.items.length === 0) node.flow = true;
    },
  });
  return document;
}

function needsQuotes(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what libyaml refuses or takes for line ends.
  if (/[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]/.test(text)) return true;
  return !text.includes("\n") && resolveScalar(text, true, undefined) !== text;
}

function keepOnOneLine(node: Scalar): void {
  if (typeof node.value === "string" && node.value.includes("\n")) node.type = Scalar.QUOTE_DOUBLE;
}
