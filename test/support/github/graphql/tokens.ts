import { GraphqlSyntaxError } from "./document.ts";

export interface Token {
  readonly kind: "name" | "number" | "string" | "punctuator" | "end";
  readonly text: string;
}

const TOKEN =
  /[\s,\uFEFF]+|#[^\n]*|(?<name>[_A-Za-z]\w*)|(?<number>-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?<string>"(?:[^"\\\n]|\\.)*")|(?<punctuator>\.\.\.|[!$&():=@[\]{|}])/y;

/** The tokens of a query, read one after the other. */
export class Tokens {
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(text: string) {
    this.#tokens = [...scan(text)];
  }

  peek(): Token {
    return this.#tokens[this.#next] ?? { kind: "end", text: "the end" };
  }

  take(): Token {
    const token = this.peek();
    this.#next += 1;
    return token;
  }

  /** Go over a punctuator or a word where it is next. */
  skip(text: string): boolean {
    const found = this.peek().kind !== "string" && this.peek().text === text;
    if (found) this.#next += 1;
    return found;
  }

  expect(text: string): void {
    if (!this.skip(text)) throw new GraphqlSyntaxError(`Expected ${text}, actual: ${this.peek().text}`);
  }

  name(): string {
    const token = this.take();
    if (token.kind !== "name") throw new GraphqlSyntaxError(`Expected NAME, actual: ${token.text}`);
    return token.text;
  }
}

function* scan(text: string): Generator<Token> {
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (match === null) throw new GraphqlSyntaxError(`Unknown character ${text[at]} at ${at}`);
    const [kind, found] = Object.entries(match.groups ?? {}).find(([, group]) => group !== undefined) ?? [];
    if (kind !== undefined && found !== undefined) yield { kind: kind as Token["kind"], text: found };
  }
}
