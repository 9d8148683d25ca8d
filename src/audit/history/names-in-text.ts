/** A broken file may hide an Ingress whose name cannot be read, but its bytes still hold the kind. */
export function mayDeclareIngress(content: Buffer): boolean {
  return content.includes("Ingress") || content.includes("\\");
}

/**
 * The names asked for that a file may declare: those that occur in its text, and all of them where the text could
 * spell a name, or the word "name", in another way (an escape, an alias, a tag, a folded scalar, a comment between).
 */
export function namesInText(content: Buffer, names: ReadonlySet<string>): ReadonlySet<string> {
  const text = content.toString("latin1");
  if (text.includes("\\") && ESCAPED_KEY.test(text)) return names;
  const found = new Set<string>();
  for (const [, name] of text.matchAll(NAME)) {
    if (name === undefined) return names;
    if (names.has(name)) found.add(name);
  }
  return found;
}

const ESCAPED_KEY = /"[^"\n]*\\[^\n]*"\s*:/;
/** A value that is no name as it is written: with an indicator before it, or an escape in it. */
const NAME = /name["']?\s*:\s*(?:[&*!|>#]|"[^"\n]*\\|["']?([a-z0-9][a-z0-9.-]*))/g;
