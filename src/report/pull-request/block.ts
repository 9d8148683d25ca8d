import { grouped } from "../elide.ts";

/** A piece of Markdown that is shown whole or not at all. */
export interface Block {
  readonly text: string;
  /** The higher, the longer it stays where there is no room for all; `always` stays in any case. */
  readonly rank: number | "always";
  /** What it is, for the note that says what was left out: `diff`, `Ingress`. */
  readonly what: string;
  /** An item of a list, which follows the item before it without a gap. */
  readonly isItem?: boolean;
}

export function always(text: string): Block {
  return { text, rank: "always", what: "" };
}

/**
 * Blocks as one text of at most `room` characters. What counts least is left out first, the last of it before the others,
 * and a note says how much of what that is.
 *
 * @param where Says in Markdown where the whole is to be found.
 */
export function fitBlocks(blocks: readonly Block[], room: number, where: string): string {
  const whole = joined(blocks);
  if (whole.length <= room) return whole;
  const left = leftOut(blocks, whole.length - room + NOTE_LENGTH + where.length);
  const kept = blocks.filter((block) => !left.has(block));
  return joined([...kept.slice(0, -1), always(note(left, where)), ...kept.slice(-1)]);
}

const NOTE_LENGTH = 400;

function leftOut(blocks: readonly Block[], excess: number): ReadonlySet<Block> {
  const candidates = blocks
    .map((block, index) => ({ block, index }))
    .filter(({ block }) => block.rank !== "always")
    .sort((one, other) => Number(one.block.rank) - Number(other.block.rank) || other.index - one.index);
  const left = new Set<Block>();
  let saved = 0;
  for (const { block } of candidates) {
    if (saved >= excess) break;
    left.add(block);
    saved += block.text.length + (block.isItem === true ? 1 : 2);
  }
  return left;
}

function note(left: ReadonlySet<Block>, where: string): string {
  const counts = Map.groupBy(left, ({ what }) => what);
  const words = [...counts].map(([what, each]) => `${grouped(each.length)} × ${what}`);
  return `_Left out here, because a comment holds no more: ${words.join(", ")}; ${where}._`;
}

function joined(blocks: readonly Block[]): string {
  return blocks
    .map(({ text, isItem }, index) => {
      if (index === 0) return text;
      return (isItem === true && blocks[index - 1]?.isItem === true ? "\n" : "\n\n") + text;
    })
    .join("");
}
