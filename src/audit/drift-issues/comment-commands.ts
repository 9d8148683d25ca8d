/** What somebody asked for in a comment. */
export type Command =
  | { readonly kind: "snooze"; readonly until: string }
  | { readonly kind: "unsnooze" }
  | { readonly kind: "accept" }
  | { readonly kind: "not-understood"; readonly text: string; readonly why: string };

const DAY_MS = 86_400_000;
const LONGEST_DAYS = 3_650;

/**
 * The commands of one comment: lines of their own that begin with `/ingress-audit`. Quoted lines and code blocks are
 * none.
 */
export function commentCommands(body: string, now: Date): readonly Command[] {
  const commands: Command[] = [];
  let fence: string | null = null;
  for (const line of body.split(/\r\n|\r|\n/)) {
    const run = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence !== null) {
      if (run?.startsWith(fence) === true) fence = null;
    } else if (run !== undefined) fence = run;
    else {
      const words = /^ {0,3}\/ingress-audit(?:\s+(.*?))?\s*$/i.exec(line);
      if (words !== null) commands.push(command(line.trim(), words[1] ?? "", now));
    }
  }
  return commands;
}

function command(text: string, words: string, now: Date): Command {
  const [name = "", ...rest] = words.toLowerCase().split(/\s+/);
  const isAlone = rest.length === 0;
  if (name === "snooze") return snooze(text, rest.join(" "), now);
  if (name === "unsnooze" && isAlone) return { kind: "unsnooze" };
  if (name === "accept" && isAlone) return { kind: "accept" };
  const why = name === "" ? "it names no command" : "there is no such command";
  return { kind: "not-understood", text: shortened(text), why };
}

function snooze(text: string, words: string, now: Date): Command {
  const until = lastDay(words, now);
  if (typeof until !== "string") return { kind: "not-understood", text: shortened(text), why: until.why };
  return { kind: "snooze", until };
}

/** The last day of a snooze, as `2026-12-31`, or why there is none. */
function lastDay(words: string, now: Date): string | { readonly why: string } {
  const span = /^(?:for )?(\d{1,5}) ?(d|days?|w|weeks?)$/.exec(words);
  if (span !== null) {
    const days = Number(span[1]) * (span[2]?.startsWith("w") === true ? 7 : 1);
    if (days === 0) return { why: "it ends before it begins" };
    return days > LONGEST_DAYS
      ? { why: "it is longer than ten years" }
      : dayOf(new Date(now.getTime() + days * DAY_MS));
  }
  const date = /^(?:until )?(\d{4}-\d\d-\d\d)$/.exec(words)?.[1];
  if (date === undefined) return { why: "it does not say until when, as 2026-12-31 or 14 days" };
  if (!isDay(date)) return { why: "there is no such day" };
  return date < dayOf(now) ? { why: "that day has passed" } : date;
}

/** The day in UTC, `2026-12-31`. */
export function dayOf(time: Date): string {
  return time.toISOString().slice(0, 10);
}

/** Whether a text in the form of a date names a day of the calendar. */
export function isDay(date: string): boolean {
  const time = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(time.getTime()) && dayOf(time) === date;
}

function shortened(text: string): string {
  const characters = Array.from(text);
  return characters.length <= 80 ? text : `${characters.slice(0, 79).join("")}…`;
}
