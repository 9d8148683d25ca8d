import { AuditError } from "../../model/audit-error.ts";
import { nearestName } from "../../model/nearest-name.ts";

/** `name` is the option as its reader wrote it: `--timeout` on the command line, `timeout` in a workflow. */
export type ParseOption<Value> = (name: string, text: string) => Value;

/** @throws {AuditError} `usage`, as of every function here. */
export function parseChoice<const Choice extends string>(choices: readonly Choice[]): ParseOption<Choice> {
  return (name, text) => {
    const choice = choices.find((each) => each === text);
    if (choice === undefined) throw misunderstood(name, text, choose(text, choices, ""));
    return choice;
  };
}

/** YAML's `true` and `false`, as @actions/core reads them. */
export const parseSwitch: ParseOption<boolean> = (name, text) => {
  if (/^(?:true|True|TRUE)$/.test(text)) return true;
  if (/^(?:false|False|FALSE)$/.test(text)) return false;
  throw misunderstood(name, text, "Write true or false.");
};

const UNITS_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 };

/** `90s`, `10m`, `1h30m`; milliseconds. */
export const parseDuration: ParseOption<number> = (name, text) => {
  const parts = [...text.matchAll(/(\d{1,6})([smh])/g)];
  if (parts.length === 0 || parts.map(([part]) => part).join("") !== text) {
    throw misunderstood(name, text, "Write a time such as 90s, 10m or 1h30m.");
  }
  return parts.reduce((sum, [, number, unit]) => sum + Number(number) * (UNITS_MS[unit ?? ""] ?? 0), 0);
};

/** A whole number, 1 or more. */
export const parseCount: ParseOption<number> = (name, text) => {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw misunderstood(name, text, "Write a whole number, 1 or more.");
  return Number(text);
};

/** Entries that stand on lines of their own or are separated by commas. */
export function parseList(text: string): readonly string[] {
  return text
    .split(/[\n,]/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
}

/** Entries that may hold commas: one a line. */
export function parseLines(text: string): readonly string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

/** What to write instead. @param further How the choice may go on. */
export function choose(text: string, choices: readonly string[], further: string): string {
  const nearest = nearestName(text, choices);
  return `${nearest === null ? "" : `Did you mean ${nearest}? `}Write one of ${choices.join(", ")}${further}.`;
}

export function misunderstood(name: string, text: string, mend: string): AuditError {
  return new AuditError({
    code: "usage",
    what: `${name}: ${JSON.stringify(text)} is not understood`,
    where: { option: name },
    mend,
  });
}
