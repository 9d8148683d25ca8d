import type { Blame, BlameLine, LineOrigin } from "../model/blame.ts";
import { describeWho } from "./describe-actor.ts";
import { shortSha } from "./describe-commit.ts";
import { displayWidth, padColumns, takeColumns } from "./display-width.ts";
import { escapeTerminal } from "./escape-terminal.ts";
import { createPaint, type Paint, type Style } from "./paint.ts";
import { plainText } from "./phrase.ts";
import { trimPadding } from "./trim-padding.ts";

export interface BlameTextOptions {
  readonly color: boolean;
}

const MAX_WHO = 34;

/**
 * The live Ingress with, beside each line, who is behind it: a mark of the kind, the commit or the source, the name,
 * the day. Notes on what cannot be known, or is pending, stand below, each once.
 */
export function blameText(blame: Blame, { color }: BlameTextOptions): string {
  const paint = createPaint(color);
  const notes = collectNotes(blame.lines);
  const cells = blame.lines.map((line) => cellsOf(line.origin, notes));
  const widths = [0, 1, 2].map((column) =>
    Math.max(0, ...cells.map((each) => displayWidth(each[column] ?? ""))),
  );
  const lines = blame.lines.map((line, index) => {
    const [what = "", who = "", when = ""] = cells[index] ?? [];
    const left = [what, who, when].map((text, column) => padColumns(text, widths[column] ?? 0)).join("  ");
    const own = `${paint(STYLES[line.origin.kind], left)} ${paint("dim", "│")}`;
    return trimPadding(`${own} ${escapeTerminal(line.text)}`);
  });
  return `${[...lines, ...legend(notes, paint)].join("\n")}\n`;
}

const STYLES: Record<LineOrigin["kind"], Style | null> = {
  git: null,
  cluster: "boldRed",
  controller: "cyan",
  server: "dim",
  unknown: "yellow",
  structure: null,
};

type Notes = ReadonlyMap<string, number>;

function cellsOf(origin: LineOrigin, notes: Notes): readonly [string, string, string] {
  const mark = noteOf(origin) === null ? "" : ` [${notes.get(noteOf(origin) ?? "")}]`;
  const named = (name: string) => takeColumns(escapeTerminal(name), MAX_WHO) + mark;
  switch (origin.kind) {
    case "git": {
      const { sha, author, authoredAt } = origin.commit;
      return [shortSha(sha), named(author.name || author.email || "unknown"), authoredAt.slice(0, 10)];
    }
    case "cluster":
      return [
        origin.actor.source ?? "cluster",
        named(nameOf(origin)),
        (origin.actor.at ?? "").slice(0, 16).replace("T", " "),
      ];
    case "controller":
      return ["controller", named(origin.rule), ""];
    case "server":
      return ["server", "", ""];
    case "unknown":
      return ["unknown", mark.trim(), ""];
    case "structure":
      return ["", "", ""];
    default:
      return origin satisfies never;
  }
}

function nameOf({ actor }: LineOrigin & { kind: "cluster" }): string {
  return actor.user === null
    ? `${actor.fieldManager ?? "unknown"} (a program)`
    : plainText(describeWho(actor));
}

/** A proven write needs no note: its reason says what the line shows already. */
function noteOf(origin: LineOrigin): string | null {
  switch (origin.kind) {
    case "git":
    case "controller":
    case "unknown":
      return origin.note;
    case "cluster":
      return origin.evidence === "proven" && origin.actor.user !== null ? null : origin.note;
    case "server":
    case "structure":
      return null;
    default:
      return origin satisfies never;
  }
}

function collectNotes(lines: readonly BlameLine[]): Notes {
  const texts = new Set(lines.map(({ origin }) => noteOf(origin)).filter((note) => note !== null));
  return new Map([...texts].map((text, index) => [text, index + 1]));
}

function legend(notes: Notes, paint: Paint): string[] {
  if (notes.size === 0) return [];
  return [
    "",
    ...[...notes].map(([note, number]) => `${paint("yellow", `[${number}]`)} ${escapeTerminal(note)}`),
  ];
}
