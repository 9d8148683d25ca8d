/** A range of IP addresses, as numbers; IPv4 and IPv6 do not mix. */
interface AddressRange {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

/**
 * Whether a comma-separated list of addresses and CIDR ranges lets in an address that the other does not. What cannot
 * be read as an address counts as letting in more, unless both lists have it.
 */
export function letsInMore(live: string, desired: string): boolean {
  const [liveList, desiredList] = [readList(live), readList(desired)];
  const unreadable = new Set(desiredList.unreadable);
  if (!liveList.unreadable.every((text) => unreadable.has(text))) return true;
  return FAMILIES.some((family) => !covers(desiredList.ranges, liveList.ranges, family));
}

/** Whether a list lets in every address of a family. */
export function letsInEveryone(list: string): boolean {
  return listed(list).some((text) => /\/0+$/.test(text) && readRange(text) !== null);
}

const FAMILIES = [4, 6] as const;

interface AddressList {
  /** Sorted, and without overlap within a family: two halves let in what the whole does. */
  readonly ranges: readonly AddressRange[];
  readonly unreadable: readonly string[];
}

function readList(text: string): AddressList {
  const parts = listed(text).map((part) => ({ part, range: readRange(part) }));
  return {
    ranges: FAMILIES.flatMap((family) =>
      joined(parts.flatMap(({ range }) => (range?.family === family ? [range] : []))),
    ),
    unreadable: parts.filter(({ range }) => range === null).map(({ part }) => part),
  };
}

function listed(text: string): readonly string[] {
  return text.split(/[,\s]+/).filter((part) => part !== "");
}

function joined(ranges: readonly AddressRange[]): readonly AddressRange[] {
  const disjoint: AddressRange[] = [];
  for (const range of ranges.toSorted((left, right) => Number(left.first - right.first))) {
    const previous = disjoint.at(-1);
    if (previous === undefined || range.first > previous.last + 1n) disjoint.push(range);
    else if (range.last > previous.last) disjoint[disjoint.length - 1] = { ...previous, last: range.last };
  }
  return disjoint;
}

/** Whether every live range lies in a desired one; both are sorted, so one walk decides. */
function covers(desired: readonly AddressRange[], live: readonly AddressRange[], family: 4 | 6): boolean {
  const allowed = desired.filter((range) => range.family === family).values();
  let current = allowed.next().value;
  return live.every((range) => {
    if (range.family !== family) return true;
    while (current !== undefined && current.last < range.first) current = allowed.next().value;
    return current !== undefined && current.first <= range.first && range.last <= current.last;
  });
}

function readRange(text: string): AddressRange | null {
  const [address = "", prefix, ...rest] = text.split("/");
  const parsed = readIPv4(address) ?? readIPv6(address);
  if (parsed === null || rest.length > 0) return null;
  const bits = parsed.family === 4 ? 32 : 128;
  const length = prefix === undefined ? bits : /^\d{1,3}$/.test(prefix) ? Number(prefix) : Number.NaN;
  if (!(length <= bits)) return null;
  const size = 1n << BigInt(bits - length);
  const first = (parsed.value / size) * size;
  return { family: parsed.family, first, last: first + size - 1n };
}

interface Address {
  readonly family: 4 | 6;
  readonly value: bigint;
}

function readIPv4(text: string): Address | null {
  const bytes = text.split(".");
  if (bytes.length !== 4 || !bytes.every((byte) => /^\d{1,3}$/.test(byte) && Number(byte) <= 255))
    return null;
  return { family: 4, value: bytes.reduce((value, byte) => value * 256n + BigInt(byte), 0n) };
}

function readIPv6(text: string): Address | null {
  const [head = "", tail, ...rest] = text.split("::");
  if (rest.length > 0) return null;
  const before = groups(head);
  const after = groups(tail ?? "");
  const missing = 8 - before.length - after.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return null;
  const all = [...before, ...Array<string>(missing).fill("0"), ...after];
  if (!all.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return null;
  return { family: 6, value: all.reduce((value, group) => value * 65_536n + BigInt(`0x${group}`), 0n) };
}

function groups(text: string): readonly string[] {
  return text === "" ? [] : text.split(":");
}
