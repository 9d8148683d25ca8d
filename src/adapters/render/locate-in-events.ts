import { COLLECTION_STYLE, EVENT_ID, type Event } from "js-yaml";
import type { RawPath } from "../../model/ingress.ts";
import { readKey } from "./read-ordinary-yaml.ts";

/**
 * Answers where a field of an ordinary document stands in its text: its key, the start of a list's entry; the nearest
 * place above it where the field itself is not written out. Each collection on the way is looked through once.
 *
 * @param events Those of a document that has been read: none of its maps has a key twice.
 */
export function locateInEvents(events: readonly Event[], text: string): (path: RawPath) => number {
  const known = new Map<number, Children>();
  const childrenOf = (node: number): Children => {
    const children = known.get(node) ?? readChildren(events, text, node);
    known.set(node, children);
    return children;
  };
  return (path) => {
    let place: Place = { node: ROOT, offset: startOf(events, ROOT) };
    for (const step of path) {
      const next = childrenOf(place.node).get(step);
      if (next === undefined) break;
      place = next;
    }
    return place.offset;
  };
}

/** The event behind the one that opens the document. */
const ROOT = 1;

interface Place {
  /** Index of the node's first event. */
  readonly node: number;
  readonly offset: number;
}

/** By key or index; those that have a place. */
type Children = ReadonlyMap<string | number, Place>;

function readChildren(events: readonly Event[], text: string, node: number): Children {
  switch (events[node]?.type) {
    case EVENT_ID.MAPPING:
      return readFields(events, text, node);
    case EVENT_ID.SEQUENCE:
      return readItems(events, node);
    default:
      return new Map();
  }
}

function readFields(events: readonly Event[], text: string, map: number): Children {
  const fields = new Map<string, Place>();
  for (let at = map + 1; events[at]?.type !== EVENT_ID.POP; at = behind(events, at + 1)) {
    const key = events[at];
    const name = key?.type === EVENT_ID.SCALAR ? readKey(key, text) : undefined;
    if (name !== undefined) fields.set(name, { node: at + 1, offset: startOf(events, at) });
  }
  return fields;
}

/** An empty entry has no place. */
function readItems(events: readonly Event[], list: number): Children {
  const items = new Map<number, Place>();
  let index = 0;
  for (let at = list + 1; events[at]?.type !== EVENT_ID.POP; at = behind(events, at)) {
    const offset = startOf(events, at);
    if (offset !== -1) items.set(index, { node: at, offset });
    index += 1;
  }
  return items;
}

/** Of a block map, its first key; -1 where nothing is written. */
function startOf(events: readonly Event[], node: number): number {
  const event = events[node];
  switch (event?.type) {
    case EVENT_ID.SCALAR:
      return event.valueStart;
    case EVENT_ID.MAPPING:
      return event.style === COLLECTION_STYLE.FLOW ? event.start : startOf(events, node + 1);
    case EVENT_ID.SEQUENCE:
      return event.start;
    default:
      return -1;
  }
}

/** The index of the first event behind a node. */
function behind(events: readonly Event[], node: number): number {
  let depth = 0;
  for (let at = node; at < events.length; at++) {
    const type = events[at]?.type;
    if (type === EVENT_ID.POP) depth -= 1;
    else if (type === EVENT_ID.MAPPING || type === EVENT_ID.SEQUENCE) depth += 1;
    if (depth === 0) return at + 1;
  }
  return events.length;
}
