import {
  COLLECTION_STYLE,
  EVENT_ID,
  type Event,
  getScalarValue,
  parseEvents,
  SCALAR_STYLE,
  type ScalarEvent,
} from "js-yaml";
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import { keyOf, resolveScalar } from "./resolve-scalar.ts";

export interface OrdinaryYaml {
  readonly value: JsonObject;
  /** The first opens the document, the second its map; the last closes the document. */
  readonly events: readonly Event[];
}

/**
 * The JSON that kubectl makes of a document in the YAML that nearly every manifest is written in: a map with no anchors,
 * tags, directives or merges, no key twice, no quoted or bare scalar over several lines, no tab or other odd character.
 *
 * js-yaml's events take a fifth of the time that the yaml package takes for a document with all its places and errors.
 * Whatever is unusual is left to that one, which alone says what is wrong.
 *
 * @returns null where the document is not so ordinary.
 */
export function readOrdinaryYaml(text: string): OrdinaryYaml | null {
  const events = UNUSUAL.test(text) ? null : tryParse(text);
  if (events === null || !isPlainDocument(events)) return null;
  const cursor: Cursor = { text, events, next: 1 };
  const value = readNode(cursor);
  return isJsonObject(value) && cursor.next === events.length - 1 ? { value, events } : null;
}

/** A tab, a control character, a line or paragraph separator, a byte order mark; an end of a document. */
const UNUSUAL = /[^\n -~\xa0-\u2027\u202a-\ufefe\uff00-\ufffd]|^\.\.\./m;

/** @returns null where js-yaml does not read it; the full reader tells whether anything is wrong, and what. */
function tryParse(text: string): readonly Event[] | null {
  try {
    return parseEvents(text, {});
  } catch {
    return null;
  }
}

function isPlainDocument([first]: readonly Event[]): boolean {
  if (first?.type !== EVENT_ID.DOCUMENT) return false;
  return !first.explicitStart && !first.explicitEnd && first.directives.length === 0;
}

interface Cursor {
  readonly text: string;
  readonly events: readonly Event[];
  next: number;
}

/** undefined, here and below: not ordinary. */
function readNode(cursor: Cursor): Json | undefined {
  const event = cursor.events[cursor.next++];
  switch (event?.type) {
    case EVENT_ID.MAPPING:
      return isBare(event) ? readMapping(cursor, event.style === COLLECTION_STYLE.BLOCK) : undefined;
    case EVENT_ID.SEQUENCE:
      return isBare(event) ? readSequence(cursor) : undefined;
    case EVENT_ID.SCALAR:
      return readValue(event, cursor.text);
    default:
      return undefined;
  }
}

function readMapping(cursor: Cursor, isInBlock: boolean): JsonObject | undefined {
  const fields: Record<string, Json> = {};
  for (;;) {
    const event = cursor.events[cursor.next++];
    if (event?.type === EVENT_ID.POP) return fields;
    const key = event?.type === EVENT_ID.SCALAR ? readKey(event, cursor.text) : undefined;
    if (key === undefined || key === "__proto__" || Object.hasOwn(fields, key)) return undefined;
    if (isInBlock && !beginsLine(event, cursor.text)) return undefined;
    const value = readNode(cursor);
    if (value === undefined) return undefined;
    fields[key] = value;
  }
}

/** js-yaml takes what stands behind `- {}` on its line for the next key of the map around. */
function beginsLine(event: Event | undefined, text: string): boolean {
  if (event?.type !== EVENT_ID.SCALAR) return false;
  let before = event.valueStart - (isPlain(event) ? 1 : 2);
  while (text[before] === " " || text[before] === "-") before -= 1;
  return before < 0 || text[before] === "\n";
}

function readSequence(cursor: Cursor): Json[] | undefined {
  const items: Json[] = [];
  while (cursor.events[cursor.next]?.type !== EVENT_ID.POP) {
    const item = readNode(cursor);
    if (item === undefined) return undefined;
    items.push(item);
  }
  cursor.next++;
  return items;
}

function readValue(scalar: ScalarEvent, text: string): Json | undefined {
  if (!isOrdinary(scalar, text)) return undefined;
  const value = resolveScalar(getScalarValue(text, scalar), isPlain(scalar), undefined);
  return typeof value === "number" && !Number.isFinite(value) ? undefined : value;
}

/** The text of an ordinary key. */
export function readKey(scalar: ScalarEvent, text: string): string | undefined {
  const written = !isBlock(scalar) && isOrdinary(scalar, text) ? getScalarValue(text, scalar) : "<<";
  const value = written === "<<" ? undefined : resolveScalar(written, isPlain(scalar), undefined);
  return value === undefined ? undefined : keyOf(value, written);
}

function isOrdinary(scalar: ScalarEvent, text: string): boolean {
  return isBare(scalar) && (isBlock(scalar) || isOnOneLine(scalar, text));
}

function isBare({ anchorStart, tagStart }: { readonly anchorStart: number; readonly tagStart: number }) {
  return anchorStart === -1 && tagStart === -1;
}

function isPlain({ style }: ScalarEvent): boolean {
  return style === SCALAR_STYLE.PLAIN;
}

function isBlock({ style }: ScalarEvent): boolean {
  return style === SCALAR_STYLE.LITERAL_BLOCK || style === SCALAR_STYLE.FOLDED_BLOCK;
}

function isOnOneLine({ valueStart, valueEnd }: ScalarEvent, text: string): boolean {
  const end = text.indexOf("\n", valueStart);
  return end === -1 || end >= valueEnd;
}
