import type { Json } from "../../../../model/json.ts";
import { TemplateUnknown } from "./template-unknown.ts";

/** Commands, each with the result of the one before as its last argument. */
export type Pipeline = readonly Command[];

/** A function and its arguments, or one operand alone. */
export type Command = readonly Operand[];

export type Operand =
  | { readonly kind: "literal"; readonly value: Json }
  /** `.a.b`, `$.a`, `$x.a`; of the root `$`, of a variable, or of the dot. */
  | { readonly kind: "field"; readonly of: Operand | "dot" | "root"; readonly names: readonly string[] }
  | { readonly kind: "variable"; readonly name: string }
  | { readonly kind: "function"; readonly name: string }
  | { readonly kind: "pipeline"; readonly pipeline: Pipeline };

const TOKEN =
  /\s*(?:("(?:[^"\\]|\\.)*")|`([^`]*)`|(-?\d+(?:\.\d+)?)\b|((?:\$\w*)?(?:\.[A-Za-z_]\w*)+|\$\w*|\.)|([A-Za-z_]\w*)|([()|]))/y;

/** @throws {TemplateUnknown} */
export function parsePipeline(text: string): Pipeline {
  const reader = new PipelineReader(text);
  const pipeline = reader.pipeline();
  if (!reader.isAtEnd()) throw new TemplateUnknown(`{{${text}}}`);
  return pipeline;
}

class PipelineReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text.trim();
  }

  isAtEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  pipeline(): Pipeline {
    const commands: Command[] = [this.#command()];
    while (this.#takes("|")) commands.push(this.#command());
    return commands;
  }

  #command(): Command {
    const operands: Operand[] = [];
    for (let next = this.#operand(); next !== null; next = this.#operand()) operands.push(next);
    if (operands.length === 0) throw new TemplateUnknown(`{{${this.#text}}}`);
    return operands;
  }

  #operand(): Operand | null {
    if (this.#takes("(")) {
      const pipeline = this.pipeline();
      if (!this.#takes(")")) throw new TemplateUnknown(`{{${this.#text}}}`);
      const names = this.#fieldsThatFollow();
      const inner: Operand = { kind: "pipeline", pipeline };
      return names.length === 0 ? inner : { kind: "field", of: inner, names };
    }
    const match = this.#peek();
    if (match === null || match[6] !== undefined) return null;
    this.#at = TOKEN.lastIndex;
    const [, quoted, raw, number, path, name] = match;
    if (quoted !== undefined) return { kind: "literal", value: readQuoted(quoted) };
    if (raw !== undefined) return { kind: "literal", value: raw };
    if (number !== undefined) return { kind: "literal", value: Number(number) };
    if (path !== undefined) return pathOperand(path);
    return nameOperand(name ?? "");
  }

  #peek(): RegExpExecArray | null {
    TOKEN.lastIndex = this.#at;
    return TOKEN.exec(this.#text);
  }

  #takes(sign: string): boolean {
    if (this.#peek()?.[6] !== sign) return false;
    this.#at = TOKEN.lastIndex;
    return true;
  }

  /** `(index .list 0).name`: without white space between. */
  #fieldsThatFollow(): readonly string[] {
    const following = /(?:\.[A-Za-z_]\w*)+/y;
    following.lastIndex = this.#at;
    const found = following.exec(this.#text)?.[0];
    if (found === undefined) return [];
    this.#at = following.lastIndex;
    return found.slice(1).split(".");
  }
}

function pathOperand(path: string): Operand {
  const [head = "", ...names] = path.split(".");
  if (path === ".") return { kind: "field", of: "dot", names: [] };
  if (head === "") return { kind: "field", of: "dot", names };
  if (head === "$") return { kind: "field", of: "root", names };
  const variable: Operand = { kind: "variable", name: head.slice(1) };
  return names.length === 0 ? variable : { kind: "field", of: variable, names };
}

function nameOperand(name: string): Operand {
  if (name === "true" || name === "false") return { kind: "literal", value: name === "true" };
  if (name === "nil") return { kind: "literal", value: null };
  return { kind: "function", name };
}

function readQuoted(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    throw new TemplateUnknown(`{{${quoted}}}`);
  }
}
