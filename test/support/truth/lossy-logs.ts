import { isJsonObject, type Json, type JsonObject } from "../../../src/model/json.ts";
import { isPipelineUser } from "./pipelines.ts";
import type { Random } from "./random.ts";

/** One event of a log, as the API server wrote it. */
type LoggedEvent = JsonObject;

type Lose = (events: readonly LoggedEvent[], random: Random) => readonly LoggedEvent[];

/** Ways in which a log comes to lack what happened, as logs do in clusters. */
export const LOSSES = {
  /** Nothing is lost, and yet other things may be wrong, such as clocks, so that less can be said. */
  whole: (events) => events,
  "few dropped": (events, random) => events.filter(() => !random.chance(0.05)),
  "many dropped": (events, random) => events.filter(() => !random.chance(0.35)),
  "most dropped": (events, random) => events.filter(() => !random.chance(0.75)),
  "a file missing": (events, random) => withoutRange(events, random, 0.3),
  "a moment missing": (events, random) => withoutRange(events, random, 0.04),
  "files missing": (events, random) =>
    withoutRange(withoutRange(withoutRange(events, random, 0.12), random, 0.12), random, 0.12),
  "starts late": (events, random) => events.slice(Math.floor(events.length * (0.2 + 0.6 * share(random)))),
  "ends early": (events, random) => events.slice(0, Math.floor(events.length * (0.3 + 0.6 * share(random)))),
  "some Metadata": (events, random) =>
    events.map((event) => (random.chance(0.3) ? withoutBodies(event) : event)),
  "all Metadata": (events) => events.map(withoutBodies),
  "all Request": (events) => events.map(withoutResponse),
  "no managedFields": (events) => events.map(withoutManagedFields),
  "no managedFields, many dropped": (events, random) =>
    events.filter(() => !random.chance(0.35)).map(withoutManagedFields),
  "no deployer": (events) => events.filter((event) => !isDeployers(event)),
  "deployer at Metadata": (events) =>
    events.map((event) => (isDeployers(event) ? withoutBodies(event) : event)),
  "deployer often dropped": (events, random) =>
    events.filter((event) => !isDeployers(event) || random.chance(0.5)),
  "people often dropped": (events, random) =>
    events.filter((event) => isDeployers(event) || random.chance(0.5)),
  "Metadata and dropped": (events, random) =>
    events
      .filter(() => !random.chance(0.2))
      .map((event) => (random.chance(0.2) ? withoutBodies(event) : event)),
} as const satisfies Readonly<Record<string, Lose>>;

/** Some lines of the file are not whole. */
const TORN = "lines torn";

export type Loss = keyof typeof LOSSES | typeof TORN;
export const ALL_LOSSES = [...(Object.keys(LOSSES) as (keyof typeof LOSSES)[]), TORN] as const;

/** The same log, poorer. */
export function lossy(lines: readonly string[], loss: Loss, random: Random): string[] {
  if (loss === TORN) {
    return lines.map((line) => (random.chance(0.1) ? line.slice(0, Math.floor(line.length / 2)) : line));
  }
  const events = lines.map((line) => JSON.parse(line) as LoggedEvent);
  return LOSSES[loss](events, random).map((event) => JSON.stringify(event));
}

/** The same events in several files, some twice, in no order: nothing is lost. */
export function shuffledFiles(lines: readonly string[], random: Random): string[][] {
  const repeated = [...lines, ...lines.filter(() => random.chance(0.3))];
  const size = Math.ceil(repeated.length / 4);
  const shuffled = random.shuffled(repeated);
  return Array.from({ length: 4 }, (_, index) => shuffled.slice(index * size, (index + 1) * size));
}

/** Another cluster's log by the names of this one's namespaces, as staging and production have them, beside its own. */
export function withAnotherCluster(
  lines: readonly string[],
  other: { readonly lines: readonly string[]; readonly seed: number },
  seed: number,
): string[] {
  const renamed = other.lines.map((line) =>
    line
      .replaceAll(new RegExp(`\\b(shop|pay|blog|ops)-${other.seed}\\b`, "g"), `$1-${seed}`)
      .replaceAll(
        /"resourceVersion":"(\d+)"/g,
        (_, version) => `"resourceVersion":"${Number(version) + ANOTHER_COUNT}"`,
      ),
  );
  return [...lines, ...renamed];
}

/** Each cluster counts its versions for itself. */
const ANOTHER_COUNT = 1_000_000;

function withoutRange(events: readonly LoggedEvent[], random: Random, part: number): readonly LoggedEvent[] {
  const length = Math.ceil(events.length * part);
  const start = random.int(events.length - length + 1);
  return events.toSpliced(start, length);
}

function share(random: Random): number {
  return random.int(1000) / 1000;
}

function withoutBodies({ requestObject: _, responseObject: __, ...event }: LoggedEvent): LoggedEvent {
  return { ...event, level: "Metadata" };
}

function withoutResponse({ responseObject: _, ...event }: LoggedEvent): LoggedEvent {
  return { ...event, level: "Request" };
}

/** As `omitManagedFields` in a policy makes it. */
function withoutManagedFields(event: LoggedEvent): LoggedEvent {
  const { requestObject, responseObject } = event;
  return {
    ...event,
    ...(requestObject === undefined ? {} : { requestObject: unmanaged(requestObject) }),
    ...(responseObject === undefined ? {} : { responseObject: unmanaged(responseObject) }),
  };
}

function unmanaged(body: Json): Json {
  if (!isJsonObject(body) || !isJsonObject(body.metadata)) return body;
  const { managedFields: _, ...metadata } = body.metadata;
  return { ...body, metadata };
}

function isDeployers({ user }: LoggedEvent): boolean {
  return isJsonObject(user) && isPipelineUser(user.username);
}
