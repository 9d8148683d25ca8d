const KEPT_AROUND_CHANGE = 24;

/** A long one-line text without its middle; how much is left out is told. Lengths in characters. */
export function elide(text: string, limit: number): string {
  const characters = Array.from(text);
  if (characters.length <= limit) return text;
  const kept = Math.max(8, Math.floor((limit - 24) / 2));
  if (characters.length <= 2 * kept) return text;
  const left = characters.length - 2 * kept;
  return `${characters.slice(0, kept).join("")} …${grouped(left)} characters… ${characters.slice(-kept).join("")}`;
}

/** Two long one-line texts, cut so that what differs stays in sight: first what they begin and end with alike. */
export function elidePair(git: string, live: string, limit: number): readonly [string, string] {
  const left = Array.from(git);
  const right = Array.from(live);
  if (Math.max(left.length, right.length) <= limit) return [git, live];
  const head = commonLength(left, right, (side, index) => side[index]);
  const shortest = Math.min(left.length, right.length) - head;
  const tail = Math.min(
    shortest,
    commonLength(left, right, (side, index) => side[side.length - 1 - index]),
  );
  const cut = (side: readonly string[]) => elide(withoutEnds(side, head, tail), limit);
  return [cut(left), cut(right)];
}

function withoutEnds(side: readonly string[], head: number, tail: number): string {
  const start = head > KEPT_AROUND_CHANGE + 12 ? head - KEPT_AROUND_CHANGE : 0;
  const end = tail > KEPT_AROUND_CHANGE + 12 ? side.length - tail + KEPT_AROUND_CHANGE : side.length;
  const before = start === 0 ? "" : `…${grouped(start)} characters alike… `;
  const after = end === side.length ? "" : ` …${grouped(side.length - end)} characters alike…`;
  return before + side.slice(start, end).join("") + after;
}

function commonLength(
  left: readonly string[],
  right: readonly string[],
  at: (side: readonly string[], index: number) => string | undefined,
): number {
  const shortest = Math.min(left.length, right.length);
  let length = 0;
  while (length < shortest && at(left, length) === at(right, length)) length++;
  return length;
}

export function grouped(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ",");
}
