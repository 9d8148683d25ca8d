import { onceForEach } from "../../model/once-for-each.ts";

/**
 * Whether a file may name something: it holds the word, or something that may stand for any word. Where no input of a
 * source names Ingress, the source renders to none, and no tool has to be asked.
 *
 * @param word ASCII.
 */
export function mayName(content: Buffer, word: string): boolean {
  const known = answers(content);
  const answer = known.get(word) ?? (content.includes(word) || mayHideWords(content));
  known.set(word, answer);
  return answer;
}

/** A blob's content is read once and asked about in many versions of many sources. */
const answers = onceForEach((_: Buffer) => new Map<string, boolean>());

/** Escapes of YAML and JSON, continued lines, Base64 that YAML decodes, UTF-16, and packed charts. */
export const mayHideWords = onceForEach((content: Buffer): boolean => {
  const isPacked = content[0] === 0x1f && content[1] === 0x8b;
  return isPacked || content.includes(0) || /\\[xuU\r\n]|!!binary/.test(content.toString("latin1"));
});
