import { type Document, Lexer, type ParsedNode, parseDocument, type YAMLError } from "yaml";
import type { PlacedComplaint } from "./problem-code.ts";
import type { DocumentText } from "./split-documents.ts";

export type YamlRoot = ParsedNode;

export type ParsedYaml =
  | { readonly kind: "parsed"; readonly root: YamlRoot | null }
  | { readonly kind: "broken"; readonly root: YamlRoot | null; readonly complaint: PlacedComplaint };

/** A token costs the parser up to a kilobyte and five microseconds: this many are at most a gigabyte and a half and eight seconds. */
const MAX_TOKENS = 1_500_000;
/** Below this many characters a document cannot hold too many tokens. */
const CHECK_TOKENS_FROM = 256 * 1024;

/**
 * Parse one document. Scalars stay text: resolve-scalar.ts reads them as kubectl does.
 *
 * @param keepSourceTokens Whether nodes keep the tokens that they were made of.
 */
export function parseYaml(document: DocumentText, { keepSourceTokens = false } = {}): ParsedYaml {
  const text = document.isJson ? document.text : withPlainBreaks(document.text);
  if (text.length > CHECK_TOKENS_FROM && hasTooManyTokens(text)) return broken(null, tooLarge());
  const control = document.isJson ? -1 : text.search(CONTROL);
  if (control !== -1)
    return broken(null, { ...syntax("a control character is not allowed"), offset: control });
  const parsed = parseDocument(text, {
    schema: "failsafe",
    uniqueKeys: false,
    resolveKnownTags: false,
    prettyErrors: false,
    logLevel: "error",
    keepSourceTokens,
  });
  const error = parsed.errors.find((candidate) => !isHarmless(candidate));
  return error === undefined
    ? { kind: "parsed", root: rootOf(parsed) }
    : broken(rootOf(parsed), describe(error));
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what libyaml's reader refuses.
const CONTROL = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]/;

/**
 * YAML 1.1, which kubectl reads, breaks lines at U+0085, U+2028 and U+2029 too; YAML 1.2 and JSON do not. Each stays one
 * character, so that places in the text stay the same.
 */
function withPlainBreaks(text: string): string {
  return /[\u0085\u2028\u2029]/.test(text) ? text.replace(/[\u0085\u2028\u2029]/g, "\n") : text;
}

function rootOf(parsed: Document.Parsed): YamlRoot | null {
  return parsed.contents;
}

function broken(root: YamlRoot | null, complaint: PlacedComplaint): ParsedYaml {
  return { kind: "broken", root, complaint };
}

function hasTooManyTokens(text: string): boolean {
  let tokens = 0;
  for (const _ of new Lexer().lex(text)) {
    tokens += 1;
    if (tokens > MAX_TOKENS) return true;
  }
  return false;
}

function tooLarge(): PlacedComplaint {
  return {
    code: "too-large",
    level: "error",
    message: `One document has more than ${MAX_TOKENS} YAML tokens`,
    remedy: "Split the document, or exclude the file from the sources.",
    offset: 0,
  };
}

/** libyaml lets a comment follow a quote or a bracket at once. */
function isHarmless(error: YAMLError): boolean {
  return error.code === "MISSING_CHAR" && error.message.startsWith("Comments must be separated");
}

function describe(error: YAMLError): PlacedComplaint {
  const offset = error.pos[0];
  if (error.code === "TAB_AS_INDENT") {
    return {
      code: "tab-indentation",
      level: "error",
      message: "A tab indents this line, which YAML does not allow",
      remedy: "Indent with spaces.",
      offset,
    };
  }
  if (error.code === "MULTIPLE_DOCS")
    return { ...syntax("a second document follows `...` without `---`"), offset };
  if (error.code === "RESOURCE_EXHAUSTION") return { ...syntax("it nests too deeply to be read"), offset };
  return { ...syntax(""), message: `Not valid YAML: ${error.message}`, offset };
}

export function syntax(what: string): PlacedComplaint {
  return {
    code: "yaml-syntax",
    level: "error",
    message: `Not YAML that kubectl reads: ${what}`,
    remedy: "Mend the line; `kubectl create --dry-run=client -f FILE` shows whether it reads.",
    offset: 0,
  };
}
