import { revealInvisible } from "./reveal-invisible.ts";

/** Untrusted text for one place on one line of a terminal: no byte of it can move the cursor, colour or reorder. */
export function escapeTerminal(text: string): string {
  return revealInvisible(text);
}

/** Untrusted text of several lines, as lines; each is safe for a terminal. */
export function escapeTerminalLines(text: string): string[] {
  return revealInvisible(text, { keepNewlines: true }).split("\n");
}
