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
  const desiredTexts = listed(desired);
  const desiredRanges = joined(desiredTexts.map(readRange).filter((range) => range !== null));
  return listed(live).some((text) => {
    const range = readRange(text);
    if (range === null) return !desiredTexts.includes(text);
    return !desiredRanges.some((allowed) => contains(allowed, range));
  });
}

/** Whether a list lets in every address of a family. */
export function letsInEveryone(list: string): boolean {
  return listed(list).some((text) => /\/0+$/.test(text) && readRange(text) !== null);
}

function listed(text: string): readonly string[] {
  return text.split(/[,\s]+/).filter((part) => part !== "");
}

/** Ranges that overlap or follow each other as one: two halves let in what the whole does. */
function joined(ranges: readonly AddressRange[]): readonly AddressRange[] {
  const sorted = ranges.toSorted((left, right) => (left.first < right.first ? -1 : 1));
  return sorted.reduce<readonly AddressRange[]>((before, range) => {
    const index = before.findLastIndex(({ family }) => family === range.family);
    const previous = before[index];
    if (previous === undefined || range.first > previous.last + 1n) return [...before, range];
    return before.with(index, { ...previous, last: range.last > previous.last ? range.last : previous.last });
  }, []);
}

function contains(outer: AddressRange, inner: AddressRange): boolean {
  return outer.family === inner.family && outer.first <= inner.first && inner.last <= outer.last;
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
