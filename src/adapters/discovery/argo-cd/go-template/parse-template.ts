import { type Pipeline, parsePipeline } from "./parse-pipeline.ts";
import { TemplateUnknown } from "./template-unknown.ts";

/** A part of a Go template. */
export type TemplateNode =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "print"; readonly pipeline: Pipeline }
  /** `$name := …` is a new variable, `$name = …` gives another value to the one that there is. */
  | { readonly kind: "declare" | "assign"; readonly name: string; readonly pipeline: Pipeline }
  | {
      readonly kind: "if" | "with" | "range";
      readonly pipeline: Pipeline;
      /** Variables that range declares: the entry's, or the key's and the entry's. */
      readonly variables: readonly string[];
      readonly body: readonly TemplateNode[];
      readonly otherwise: readonly TemplateNode[];
    };

/**
 * @throws {TemplateUnknown} for `define`, `block`, `template`, `break`, `continue`, and for what is no Go template.
 * @see https://pkg.go.dev/text/template
 */
export function parseTemplate(text: string): readonly TemplateNode[] {
  const tokens = tokensOf(text);
  const { nodes, ended } = readNodes(tokens, 0);
  if (ended < tokens.length) throw new TemplateUnknown("{{end}}");
  return nodes;
}

type Token =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "action"; readonly text: string };

/** `{{- ` takes the white space before it away, ` -}}` that after it. */
function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let trimNext = false;
  let start = 0;
  const push = (piece: string, trimEnd: boolean) => {
    const left = trimNext ? piece.trimStart() : piece;
    const trimmed = trimEnd ? left.trimEnd() : left;
    if (trimmed !== "") tokens.push({ kind: "text", text: trimmed });
  };
  for (const action of text.matchAll(/\{\{(-\s)?\s*((?:"(?:[^"\\]|\\.)*"|`[^`]*`|[^"`])*?)\s*(\s-)?\}\}/gs)) {
    push(text.slice(start, action.index), action[1] !== undefined);
    const content = action[2] ?? "";
    if (!content.startsWith("/*")) tokens.push({ kind: "action", text: content });
    trimNext = action[3] !== undefined;
    start = action.index + action[0].length;
  }
  push(text.slice(start), false);
  return tokens;
}

interface Read {
  readonly nodes: readonly TemplateNode[];
  /** Index of the `else` or `end` that ended it, or the number of tokens. */
  readonly ended: number;
}

function readNodes(tokens: readonly Token[], from: number): Read {
  const nodes: TemplateNode[] = [];
  let at = from;
  for (let token = tokens[at]; token !== undefined; token = tokens[at]) {
    if (token.kind === "text") {
      nodes.push(token);
      at += 1;
    } else if (/^(?:else|end)\b/.test(token.text)) break;
    else if (/^(?:if|with|range)\b/.test(token.text)) {
      const branch = readBranch(tokens, at, token.text);
      nodes.push(branch.node);
      at = branch.next;
    } else {
      nodes.push(simpleNode(token.text));
      at += 1;
    }
  }
  return { nodes, ended: at };
}

function readBranch(
  tokens: readonly Token[],
  at: number,
  opening: string,
): { readonly node: TemplateNode; readonly next: number } {
  const [, kind = "", head = ""] = /^(\w+)\s*(.*)$/s.exec(opening) ?? [];
  const { variables, pipeline } = declared(head);
  const body = readNodes(tokens, at + 1);
  const stop = actionAt(tokens, body.ended);
  const node = { kind: kind as "if" | "with" | "range", pipeline, variables, body: body.nodes };
  if (stop === "end") return { node: { ...node, otherwise: [] }, next: body.ended + 1 };
  if (stop !== "else") {
    // `else if` is an `if` of its own within the `else`, and one `end` ends both.
    const inner = readBranch(tokens, body.ended, stop.replace(/^else\s+/, ""));
    return { node: { ...node, otherwise: [inner.node] }, next: inner.next };
  }
  const otherwise = readNodes(tokens, body.ended + 1);
  if (actionAt(tokens, otherwise.ended) !== "end") throw new TemplateUnknown(`{{${opening}}}`);
  return { node: { ...node, otherwise: otherwise.nodes }, next: otherwise.ended + 1 };
}

function actionAt(tokens: readonly Token[], index: number): string {
  const token = tokens[index];
  if (token?.kind !== "action") throw new TemplateUnknown("an action without its {{end}}");
  return token.text;
}

function simpleNode(text: string): TemplateNode {
  if (/^(?:define|block|template|break|continue)\b/.test(text)) throw new TemplateUnknown(`{{${text}}}`);
  const [, name, sign, value = ""] = /^\$(\w+)\s*(:?=)\s*(.*)$/s.exec(text) ?? [];
  if (name !== undefined)
    return { kind: sign === "=" ? "assign" : "declare", name, pipeline: parsePipeline(value) };
  return { kind: "print", pipeline: parsePipeline(text) };
}

/** `$key, $entry := .list` */
function declared(head: string): { readonly variables: readonly string[]; readonly pipeline: Pipeline } {
  const [, names = "", value] = /^((?:\$\w+\s*,\s*)?\$\w+)\s*:=\s*(.*)$/s.exec(head) ?? [];
  if (value === undefined) return { variables: [], pipeline: parsePipeline(head) };
  return { variables: names.split(",").map((each) => each.trim().slice(1)), pipeline: parsePipeline(value) };
}
