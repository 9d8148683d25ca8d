import { textMentionsIngress } from "./ingress-text.ts";
import { withoutMark } from "./read-text.ts";

export interface DocumentText {
  readonly text: string;
  /** 1-based line of the file on which the text begins. */
  readonly line: number;
  /** Index in the file's text at which the text begins. */
  readonly offset: number;
  /** Strict JSON, which kubectl tries before YAML. */
  readonly isJson: boolean;
  /** Something other than a comment follows the `---` before the document: kubectl refuses that. */
  readonly hasStraySeparator: boolean;
}

/**
 * Cut a file into documents as kubectl does: at every line that starts with `---`, wherever it stands, and between
 * JSON objects that follow each other. Documents that have nothing to do with Ingress are left out.
 *
 * @see https://github.com/kubernetes/apimachinery/blob/v0.36.3/pkg/util/yaml/decoder.go
 */
export function splitDocuments(text: string): DocumentText[] {
  return splitAtSeparators(text)
    .filter((part) => textMentionsIngress(part.text))
    .flatMap(splitPart);
}

/** The same, with those too that have nothing to do with Ingress. */
export function splitAllDocuments(text: string): DocumentText[] {
  return splitAtSeparators(text).flatMap(splitPart);
}

function splitPart(part: DocumentText): DocumentText[] {
  return part.hasStraySeparator ? [part] : splitJson(part);
}

function splitAtSeparators(text: string): DocumentText[] {
  const parts: DocumentText[] = [];
  let line = 1;
  let start = 0;
  let hasStraySeparator = false;
  for (let at = nextSeparator(text, 0); ; at = nextSeparator(text, at + 3)) {
    const end = at === -1 ? text.length : at;
    const whole = text.slice(start, end);
    const part = withoutMark(whole);
    const offset = start + whole.length - part.length;
    const ended = part.endsWith("\n") ? part : `${part}\n`;
    parts.push({ text: ended, line, offset, isJson: false, hasStraySeparator });
    if (at === -1) return parts;
    line += countLines(text, start, end);
    const rest = text.slice(at + 3, endOfLine(text, at)).trim();
    hasStraySeparator = rest !== "" && !rest.startsWith("#");
    start = hasStraySeparator ? at + 3 : endOfLine(text, at) + 1;
    if (!hasStraySeparator) line += 1;
  }
}

function nextSeparator(text: string, from: number): number {
  if (from === 0 && text.startsWith("---")) return 0;
  const at = text.indexOf("\n---", Math.max(0, from - 1));
  return at === -1 ? -1 : at + 1;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end === -1 ? text.length : end;
}

export function countLines(text: string, from: number, to: number): number {
  let lines = 0;
  for (let at = text.indexOf("\n", from); at !== -1 && at < to; at = text.indexOf("\n", at + 1)) lines += 1;
  return lines;
}

/** What is no strict JSON stays one part: kubectl reads it as YAML then. */
function splitJson(part: DocumentText): DocumentText[] {
  const parts: DocumentText[] = [];
  let { text, line, offset } = part;
  while (/^\s*\{/.test(text)) {
    const end = endOfObject(text);
    const value = text.slice(0, end);
    if (!isJson(value)) break;
    parts.push({ ...part, text: value, line, offset, isJson: true });
    line += countLines(text, 0, end);
    offset += end;
    text = text.slice(end);
  }
  return text.trim() === "" ? parts : [...parts, { ...part, text, line, offset }];
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** The index behind the brace that closes the first object. */
function endOfObject(text: string): number {
  let depth = 0;
  let isString = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) isString = !isString;
    else if (isString && code === BACKSLASH) at += 1;
    else if (!isString && code === 0x7b) depth += 1;
    else if (!isString && code === 0x7d) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return text.length;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
