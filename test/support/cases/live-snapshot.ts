import type { Json, JsonObject } from "../../../src/model/json.ts";
import { withServerFields } from "./audit-events.ts";
import type { CaseHistory } from "./build-history.ts";
import type { CaseFile, IngressClassInput, LiveInput } from "./case-format.ts";
import {
  defaultUid,
  deriveState,
  type LoggedState,
  mergePatch,
  metadataOf,
  stateObject,
} from "./derive-object.ts";
import { managedFields, seconds } from "./managed-fields.ts";

/**
 * What `kubectl get ingress,ingressclass -A -o json --show-managed-fields` prints; with a time also what
 * `ingress-audit snapshot` adds.
 */
export function liveSnapshot(
  { live, classes, objects }: Pick<CaseFile, "live" | "classes" | "objects">,
  observedAt: string | null,
  history: CaseHistory,
  stateAfter: (event: string) => LoggedState,
): JsonObject {
  return {
    apiVersion: "v1",
    items: [
      ...live.map((input, index) => liveObject(input, `live ${index + 1}`, history, stateAfter)),
      ...classes.map(ingressClass),
      ...objects,
    ],
    kind: "List",
    metadata: { ...(observedAt === null ? {} : { annotations: marks(observedAt) }), resourceVersion: "" },
  };
}

function liveObject(
  input: LiveInput,
  where: string,
  history: CaseHistory,
  stateAfter: (event: string) => LoggedState,
): JsonObject {
  const logged = input.after === undefined ? null : stateAfter(input.after);
  const stored = stateObject(deriveState(input, history, logged?.state ?? null, where), where);
  const object = mergePatch(stored, annotated(input, history, where)) as JsonObject;
  const known = logged === null ? {} : metadataOf(logged.object);
  const { namespace, name } = metadataOf(object);
  // A story that says nothing of managers was taken with --show-managed-fields all the same.
  const managers = { managedFields: managedFields(input.managers ?? []) };
  return withServerFields(object, {
    uid: input.uid ?? known.uid ?? defaultUid(String(namespace), String(name)),
    resourceVersion: input.resourceVersion ?? known.resourceVersion ?? "900",
    generation: input.generation ?? known.generation ?? 1,
    creationTimestamp: createdAt(input, history, known),
    ...managers,
  });
}

/** kubectl's annotation, as `kubectl apply` writes it. */
function annotated({ lastApplied }: LiveInput, history: CaseHistory, where: string): JsonObject {
  if (lastApplied === undefined) return {};
  const text = `${JSON.stringify(stateObject(deriveState(lastApplied, history, null, where), where))}\n`;
  return { metadata: { annotations: { "kubectl.kubernetes.io/last-applied-configuration": text } } };
}

/** Five minutes after the commit that it is from, unless the case or the log says when. */
function createdAt({ createdAt, at }: LiveInput, history: CaseHistory, known: JsonObject): Json {
  if (createdAt !== undefined) return seconds(createdAt);
  const applied = Date.parse(history.committedAt(at ?? null)) + 5 * 60_000;
  return known.creationTimestamp ?? seconds(new Date(applied).toISOString());
}

function ingressClass({ name, default: isDefault, createdAt }: IngressClassInput): JsonObject {
  const annotations = isDefault ? { "ingressclass.kubernetes.io/is-default-class": "true" } : null;
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "IngressClass",
    metadata: {
      ...(annotations === null ? {} : { annotations }),
      creationTimestamp: seconds(createdAt),
      name,
    },
    spec: { controller: "k8s.io/ingress-nginx" },
  };
}

function marks(observedAt: string): JsonObject {
  return {
    "ingress-audit.dev/cluster": "prod",
    "ingress-audit.dev/ingress-classes": "listed",
    "ingress-audit.dev/namespaces": "*",
    "ingress-audit.dev/observed-at": observedAt,
  };
}
