import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import { eventTime, timeInLine } from "./event-time.ts";
import { DamagedArchive } from "./open-input.ts";
import { type LogLine, splitLines } from "./split-lines.ts";

/** Where the events of one file go. Lines are 1-based. */
export interface EventSink {
  /** An event that may concern an Ingress. */
  event(event: JsonObject, line: number): void;
  /** The time of any event. */
  seenAt(time: string): void;
  /** A line that is no whole event: it may have been any. */
  unreadable(line: number): void;
  /** The same, at the end of the file and without a line break, as while it is written. */
  unfinished(line: number): void;
  /** A line that is whole, and no audit event. */
  foreign(line: number): void;
  tooLong(line: number): void;
  /** The archive breaks off after this line. */
  damaged(line: number, reason: string): void;
}

const INGRESSES = Buffer.from('"ingresses"');
const EVENT_LIST = Buffer.from('"EventList"');
const LONGEST_HEAD = 100;

/**
 * Reads events from a log. A line without the word `"ingresses"` is not parsed: that is nearly all of a log, and it
 * tells the time that the log covers all the same.
 */
export async function readEvents(
  chunks: AsyncIterable<Buffer>,
  maxLineBytes: number,
  sink: EventSink,
): Promise<void> {
  let last = 0;
  try {
    const lines = splitLines(chunks, maxLineBytes);
    for await (const line of lines) {
      last = line.number;
      if (isOpening(line)) await readDocument(line, lines, maxLineBytes, sink);
      else readLine(line, sink);
    }
  } catch (error) {
    if (!(error instanceof DamagedArchive)) throw error;
    sink.damaged(last, error.message);
  }
}

function readLine({ number, bytes, isEnded }: LogLine, sink: EventSink): void {
  if (bytes === null) {
    sink.tooLong(number);
    return;
  }
  const line = trimmed(bytes);
  if (line.length === 0) return;
  const looksWhole = line.at(0) === 0x7b && line.at(-1) === 0x7d;
  const time = looksWhole ? timeInLine(line) : null;
  const isList = line.subarray(0, LONGEST_HEAD).includes(EVENT_LIST);
  if (time === null || isList || line.includes(INGRESSES))
    readJson(line.toString("utf8"), { number, isEnded }, sink);
  else sink.seenAt(time);
}

function readJson(
  text: string,
  { number, isEnded }: Pick<LogLine, "number" | "isEnded">,
  sink: EventSink,
): void {
  const value = parse(text);
  if (value === undefined && !KLOG.test(text)) {
    if (isEnded) sink.unreadable(number);
    else sink.unfinished(number);
    return;
  }
  const events = isJsonObject(value) && Array.isArray(value.items) ? value.items : [value];
  for (const event of events) {
    if (!isEvent(event)) {
      sink.foreign(number);
      continue;
    }
    const time = eventTime(event.stageTimestamp);
    if (time !== null) sink.seenAt(time);
    sink.event(event, number);
  }
}

/** How lines of Kubernetes' own log begin: `I0412 09:15:00.123456`. */
const KLOG = /^[IWEF]\d{4} /;

/** An Event of any version has these; klog's lines and other logs' do not. */
function isEvent(value: Json | undefined): value is JsonObject {
  return isJsonObject(value) && typeof value.auditID === "string" && typeof value.stage === "string";
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** A document that is spread over lines, as people format an EventList, opens with a bare bracket. */
function isOpening({ number, bytes }: LogLine): boolean {
  return number === 1 && bytes !== null && ["{", "["].includes(trimmed(bytes).toString("latin1", 0, 4));
}

async function readDocument(
  opening: LogLine,
  rest: AsyncIterable<LogLine>,
  maxBytes: number,
  sink: EventSink,
): Promise<void> {
  const parts: string[] = [opening.bytes?.toString("utf8") ?? ""];
  let length = 0;
  for await (const { number, bytes } of rest) {
    length += bytes?.length ?? maxBytes;
    if (length >= maxBytes) {
      sink.tooLong(number);
      return;
    }
    parts.push(bytes?.toString("utf8") ?? "");
  }
  const text = parts.join("\n");
  const whole = { number: opening.number, isEnded: true };
  readJson(text.startsWith("[") ? `{"items":${text}}` : text, whole, sink);
}

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

function trimmed(bytes: Buffer): Buffer {
  let start = bytes.subarray(0, 3).equals(BYTE_ORDER_MARK) ? 3 : 0;
  let end = bytes.length;
  while (start < end && isSpace(bytes[start])) start++;
  while (end > start && isSpace(bytes[end - 1])) end--;
  return bytes.subarray(start, end);
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0d;
}
