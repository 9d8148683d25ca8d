import {
  type FieldWrites,
  fieldWrites,
  type LiveObject,
} from "../../../../src/attribute/writes/field-writes.ts";
import { requestTouches } from "../../../../src/attribute/writes/request-touches.ts";
import { keyIngress } from "../../../../src/compare/key-ingress.ts";
import type { ClusterWrite } from "../../../../src/model/cluster-write.ts";
import { type FieldPath, formatFieldPath } from "../../../../src/model/field-path.ts";
import type { FieldReader } from "../../../../src/model/field-reader.ts";
import type { IngressObject } from "../../../../src/model/ingress.ts";
import { isJsonObject, sameJson } from "../../../../src/model/json.ts";
import { keyedValueAt } from "../../../../src/model/keyed-ingress.ts";
import { type Loss, logged } from "./lossy-log.ts";
import type { ServedWrite } from "./simulated-server.ts";

/** What of a field is asked for: its value, or whether it is there at all. */
export type Aspect = "value" | "presence";

/** What the log of a simulated life says of one field, beside what truly happened. */
export interface Outcome {
  readonly field: FieldPath;
  readonly lost: Loss;
  readonly log: readonly ClusterWrite[];
  readonly result: FieldWrites;
  /** The write after which the field truly has had its live value. */
  readonly truth: ClusterWrite | undefined;
}

export function outcome(
  served: readonly ServedWrite[],
  lost: Loss,
  field: FieldPath,
  aspect: Aspect = "value",
): Outcome {
  const read = readerOf(field, aspect);
  const log = logged(served, lost);
  const object = served.at(-1)?.truth ?? null;
  const result = fieldWrites({
    writes: log.map((write) => ({
      write,
      after: write.after === null || write.after === undefined ? write.after : keyIngress(write.after),
    })),
    live: object === null ? null : liveObject(object),
    read,
    field,
    logFirstEventAt: log[0]?.at ?? null,
  });
  return { field, lost, log, result, truth: lastChange(served, field, read) };
}

function readerOf(field: FieldPath, aspect: Aspect): FieldReader {
  if (field.length === 0) return () => true;
  if (aspect === "value") return (ingress) => keyedValueAt(ingress, field);
  return (ingress) => (keyedValueAt(ingress, field) === undefined ? undefined : true);
}

/** The write that the log is said to show, asked for or let in by admission; undefined where it shows none. */
export function named({ result }: Outcome): ClusterWrite | undefined {
  const { liveWrite } = result;
  return liveWrite.kind === "shown" || liveWrite.kind === "admission"
    ? liveWrite.transition.write
    : undefined;
}

/** True where exactly the right write is named, and admission for what no request asked for. */
export function isExact(each: Outcome): boolean {
  const { field, result, truth } = each;
  if (truth === undefined || named(each)?.auditID !== truth.auditID) return false;
  const isFilledIn =
    formatFieldPath(field) === "spec.ingressClassName" &&
    truth.verb === "create" &&
    requestTouches(truth, field) === "no";
  return (result.liveWrite.kind === "admission") === isFilledIn;
}

/**
 * What leaves no trace, as the documentation of `fieldWrites` says: the true write is not in the log whole, came before
 * the named one, went through the same field manager (any, without managedFields or for what is gone), and the named
 * one states the same value again; or writes not in the log whole undid each other.
 */
export function isUntraceable({ field, log, lost, result, truth }: Outcome): boolean {
  if (result.liveWrite.kind !== "shown" || truth === undefined) return false;
  const { after, write } = result.liveWrite.transition;
  if (after.kind === "no-object") return true;
  const isWhole = log.some(({ after, auditID }) => auditID === truth.auditID && after !== undefined);
  if (number(truth) > number(write))
    return field[0] !== "spec" && (!isWhole || !isUnbroken(log, write, truth));
  if (isWhole || requestTouches(write, field) === "no") return false;
  const isSameManager = truth.userAgent === write.userAgent && truth.isApply === write.isApply;
  return isSameManager || lost.omitsManagedFields || after.kind === "unknown" || after.value === undefined;
}

/** True where the log has every write between two, each with its body. */
function isUnbroken(log: readonly ClusterWrite[], from: ClusterWrite, to: ClusterWrite): boolean {
  const between = log.filter((write) => number(write) > number(from) && number(write) < number(to));
  const isWhole = between.every(({ after }) => after !== undefined);
  return isWhole && between.length === number(to) - number(from) - 1;
}

function number({ auditID }: ClusterWrite): number {
  return Number(auditID.slice("audit-".length));
}

function lastChange(
  served: readonly ServedWrite[],
  field: FieldPath,
  read: FieldReader,
): ClusterWrite | undefined {
  return served.findLast(({ truth, write }, index) => {
    const before = served[index - 1]?.truth ?? null;
    if (write.verb === "create") return true;
    if (truth === null || before === null) return truth !== before;
    return field.length > 0 && !sameJson(read(keyIngress(truth)) ?? null, read(keyIngress(before)) ?? null);
  })?.write;
}

function liveObject(object: IngressObject): LiveObject {
  const metadata = isJsonObject(object.metadata) ? object.metadata : {};
  return {
    keyed: keyIngress(object),
    object,
    uid: String(metadata.uid),
    resourceVersion: String(metadata.resourceVersion),
    generation: Number(metadata.generation),
  };
}

/** For a failure's message. */
export function describeOutcome(each: Outcome): string {
  const lines = each.log.map(({ after: _, ...write }) => JSON.stringify(write));
  const says = `${each.result.liveWrite.kind} ${named(each)?.auditID}, in truth ${each.truth?.auditID}`;
  return [`${formatFieldPath(each.field)}: ${says}`, ...lines].join("\n");
}
