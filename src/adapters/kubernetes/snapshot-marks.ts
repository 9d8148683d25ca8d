import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import type { LiveSnapshot } from "../../ports/cluster-reader.ts";

/** What our own snapshots say about themselves, and kubectl's do not; null where they do not say. */
export interface SnapshotMarks {
  readonly cluster: string | null;
  readonly observedAt: string | null;
  readonly namespaces: "all" | readonly string[] | null;
  /** Whether the IngressClasses could be read. */
  readonly hasIngressClasses: boolean | null;
}

const CLUSTER = "ingress-audit.dev/cluster";
const OBSERVED_AT = "ingress-audit.dev/observed-at";
/** Comma-separated; `*` for all. */
const NAMESPACES = "ingress-audit.dev/namespaces";
/** `listed` or `unreadable`. */
const INGRESS_CLASSES = "ingress-audit.dev/ingress-classes";

/** Annotations of the list itself, which kubectl ignores. */
export function snapshotMarks(live: LiveSnapshot): JsonObject {
  return {
    ...(live.cluster === null ? {} : { [CLUSTER]: live.cluster }),
    ...(live.observedAt === null ? {} : { [OBSERVED_AT]: live.observedAt }),
    [NAMESPACES]: live.namespaces === "all" ? "*" : live.namespaces.join(","),
    [INGRESS_CLASSES]: live.ingressClasses === null ? "unreadable" : "listed",
  };
}

/** None where several files were joined: they are not of one moment. */
export function readSnapshotMarks(documents: readonly Json[]): SnapshotMarks {
  const annotations = documents.length === 1 ? annotationsOf(documents[0]) : {};
  const classes = textAt(annotations, INGRESS_CLASSES);
  return {
    cluster: textAt(annotations, CLUSTER),
    observedAt: timeAt(annotations, OBSERVED_AT),
    namespaces: namespacesIn(textAt(annotations, NAMESPACES)),
    hasIngressClasses: classes === "listed" ? true : classes === "unreadable" ? false : null,
  };
}

function annotationsOf(document: Json | undefined): JsonObject {
  if (!isJsonObject(document) || document.kind !== "List" || !isJsonObject(document.metadata)) return {};
  return isJsonObject(document.metadata.annotations) ? document.metadata.annotations : {};
}

function textAt(annotations: JsonObject, key: string): string | null {
  const value = annotations[key];
  return typeof value === "string" && value !== "" ? value : null;
}

function timeAt(annotations: JsonObject, key: string): string | null {
  const time = new Date(textAt(annotations, key) ?? Number.NaN);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}

function namespacesIn(text: string | null): SnapshotMarks["namespaces"] {
  if (text === null) return null;
  return text === "*" ? "all" : text.split(",");
}
