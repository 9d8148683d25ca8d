/** One line of a diff from Git to live. `gap` stands for lines alike on both sides. */
export interface DiffLine {
  readonly kind: "same" | "git" | "live" | "gap";
  readonly text: string;
}

/** Beyond this many cells the table of common lines is not worth its memory: all lines are then shown as changed. */
const MAX_CELLS = 250_000;

/** The lines that differ, with lines of context around them. */
export function lineDiff(git: readonly string[], live: readonly string[], context = 2): readonly DiffLine[] {
  const head = commonLength(git, live);
  const tail = Math.min(
    commonLength(git.toReversed(), live.toReversed()),
    Math.min(git.length, live.length) - head,
  );
  const middle = changedLines(git.slice(head, git.length - tail), live.slice(head, live.length - tail));
  const lines = [
    ...git.slice(0, head).map((text) => ({ kind: "same" as const, text })),
    ...middle,
    ...git.slice(git.length - tail).map((text) => ({ kind: "same" as const, text })),
  ];
  return withContext(lines, context);
}

function commonLength(left: readonly string[], right: readonly string[]): number {
  let length = 0;
  while (length < Math.min(left.length, right.length) && left[length] === right[length]) length++;
  return length;
}

function changedLines(git: readonly string[], live: readonly string[]): DiffLine[] {
  const columns = live.length + 1;
  const common = new Uint32Array(git.length * live.length > MAX_CELLS ? 0 : (git.length + 1) * columns);
  if (common.length > 0) fillCommonLengths(common, git, live);
  const cell = (row: number, column: number) => common[row * columns + column] ?? 0;

  const lines: DiffLine[] = [];
  let g = 0;
  let l = 0;
  while (g < git.length || l < live.length) {
    const gitLine = git[g];
    const liveLine = live[l];
    if (common.length > 0 && gitLine !== undefined && gitLine === liveLine) {
      lines.push({ kind: "same", text: gitLine });
      g++;
      l++;
    } else if (gitLine !== undefined && (liveLine === undefined || cell(g + 1, l) >= cell(g, l + 1))) {
      lines.push({ kind: "git", text: gitLine });
      g++;
    } else {
      lines.push({ kind: "live", text: liveLine ?? "" });
      l++;
    }
  }
  return lines;
}

/** Each cell: how many lines are common to the rests of both sides from there on. */
function fillCommonLengths(common: Uint32Array, git: readonly string[], live: readonly string[]): void {
  const columns = live.length + 1;
  for (let row = git.length - 1; row >= 0; row--) {
    for (let column = live.length - 1; column >= 0; column--) {
      const at = row * columns + column;
      common[at] =
        git[row] === live[column]
          ? (common[at + columns + 1] ?? 0) + 1
          : Math.max(common[at + columns] ?? 0, common[at + 1] ?? 0);
    }
  }
}

function withContext(lines: readonly DiffLine[], context: number): DiffLine[] {
  const isNear = lines.map(() => false);
  lines.forEach((line, index) => {
    if (line.kind === "same") return;
    isNear.fill(true, Math.max(0, index - context), index + context + 1);
  });
  const kept: DiffLine[] = [];
  let hidden = 0;
  const closeGap = () => {
    if (hidden > 0) kept.push({ kind: "gap", text: `${hidden} ${hidden === 1 ? "line" : "lines"} alike` });
    hidden = 0;
  };
  lines.forEach((line, index) => {
    if (isNear[index] !== true) {
      hidden++;
      return;
    }
    closeGap();
    kept.push(line);
  });
  closeGap();
  return kept;
}
