import type { Edits } from "./case-format.ts";

/** @throws {Error} where a text to replace does not stand there exactly once: the story would not be what it says. */
export function applyEdits(text: string, edits: Edits | undefined, where: string): string {
  return (edits ?? []).reduce((current, [from, to, all]) => {
    const parts = current.split(from);
    if (parts.length < 2) throw new Error(`${where}: nothing reads ${JSON.stringify(from)}`);
    if (parts.length > 2 && all === undefined) {
      throw new Error(`${where}: ${JSON.stringify(from)} stands there ${parts.length - 1} times`);
    }
    return parts.join(to);
  }, text);
}
