import type { Json, JsonObject } from "../../../src/model/json.ts";
import { auditEvent, idOf } from "./audit-event.ts";
import type { CaseHistory } from "./build-history.ts";
import type { LogEventInput } from "./case-format.ts";
import { defaultUid, deriveState, type LoggedState, metadataOf, stateObject } from "./derive-object.ts";
import { managedFields, seconds } from "./managed-fields.ts";

export interface CaseLog {
  /** One `audit.k8s.io/v1` Event a line, shaped as those in fixtures/audit-events. */
  readonly lines: readonly string[];
  readonly lineOf: (event: string) => string;
  readonly stateAfter: (event: string) => LoggedState;
}

export function auditEvents(events: readonly LogEventInput[], history: CaseHistory): CaseLog {
  const known = new Map<string, LoggedState>();
  const latest = new Map<string, LoggedState>();
  const lines = events.map((event, index) => {
    const before = latest.get(event.ingress) ?? null;
    const after = stateAfter(event, index, history, before, known);
    if (after !== null) known.set(event.id, after);
    if (happened(event)) {
      if (after !== null) latest.set(event.ingress, after);
      else if (event.verb.startsWith("delete")) latest.delete(event.ingress);
    }
    return JSON.stringify(auditEvent(event, before, after, history));
  });
  return {
    lines,
    lineOf: (event) => {
      const line = lines[events.findIndex(({ id }) => id === event)];
      if (line === undefined) throw new Error(`The log has no event ${event}`);
      return line;
    },
    stateAfter: (event) => {
      const state = known.get(event);
      if (state === undefined) throw new Error(`No object is known after event ${event}`);
      return state;
    },
  };
}

function happened({ dryRun, status }: LogEventInput): boolean {
  return !dryRun && (status ?? 200) < 400;
}

function stateAfter(
  event: LogEventInput,
  index: number,
  history: CaseHistory,
  before: LoggedState | null,
  known: ReadonlyMap<string, LoggedState>,
): LoggedState | null {
  if (event.verb === "get" || event.verb === "deletecollection") return null;
  if (event.verb === "delete" && event.after === undefined) return null;
  const where = `event ${event.id}`;
  const base = event.after?.after === undefined ? before : (known.get(event.after.after) ?? null);
  const state = deriveState(event.after ?? {}, history, base?.state ?? null, where);
  const declared = stateObject(state, where);
  const previous = before === null ? {} : metadataOf(before.object);
  const isNew = event.verb === "create" || before === null;
  const { namespace, name } = idOf(event);
  const own: Record<string, Json> = {
    uid: event.uid ?? (isNew ? defaultUid(namespace, name) : (previous.uid ?? null)),
    resourceVersion: event.resourceVersion ?? versionAfter(event, index, declared, before),
    generation: event.generation ?? generationAfter(event, declared, before),
    creationTimestamp: isNew
      ? event.verb === "create" || event.apply
        ? seconds(event.at)
        : "2026-01-01T00:00:00Z"
      : (previous.creationTimestamp ?? null),
    ...(event.managers === undefined ? {} : { managedFields: managedFields(event.managers) }),
  };
  return { state, object: withServerFields(declared, own) };
}

/** The object in the order in which the API server prints it. */
export function withServerFields(object: JsonObject, own: JsonObject): JsonObject {
  const { apiVersion: _, kind: __, metadata: ___, status: ____, ...rest } = object;
  return {
    kind: "Ingress",
    apiVersion: "networking.k8s.io/v1",
    metadata: { ...metadataOf(object), ...own },
    ...rest,
    status: { loadBalancer: {} },
  };
}

/** A write that changes nothing, and a dry run, answer with the version of before. */
function versionAfter(
  { dryRun }: LogEventInput,
  index: number,
  declared: JsonObject,
  before: LoggedState | null,
): string {
  const isUnchanged = before !== null && sameContent(declared, before);
  const previous = before === null ? undefined : metadataOf(before.object).resourceVersion;
  return (isUnchanged || dryRun) && typeof previous === "string" ? previous : String(101 + index);
}

function generationAfter({ verb }: LogEventInput, declared: JsonObject, before: LoggedState | null): number {
  if (verb === "create" || before === null) return 1;
  const previous = Number(metadataOf(before.object).generation);
  return JSON.stringify(declared.spec) === JSON.stringify(before.object.spec) ? previous : previous + 1;
}

function sameContent(declared: JsonObject, before: LoggedState): boolean {
  return JSON.stringify(declared) === JSON.stringify(stateObject(before.state, "the object before"));
}
