import type { IngressObject } from "../../model/ingress.ts";
import { isJsonObject, type JsonObject } from "../../model/json.ts";
import { redactJson } from "../../report/redact.ts";

const LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

/** The live object as a reader wants to see it: without managedFields, last-applied and credentials, in kubectl's order. */
export function blamedObject(object: IngressObject): IngressObject {
  const { apiVersion, kind, metadata, ...rest } = object;
  const shown = {
    ...(apiVersion === undefined ? {} : { apiVersion }),
    ...(kind === undefined ? {} : { kind }),
    ...(isJsonObject(metadata) ? { metadata: withoutEvidence(metadata) } : {}),
    ...rest,
  };
  const redacted = redactJson(shown);
  return isJsonObject(redacted) ? redacted : {};
}

function withoutEvidence({ managedFields: _, annotations, ...metadata }: JsonObject): JsonObject {
  if (!isJsonObject(annotations)) return metadata;
  const { [LAST_APPLIED]: __, ...shown } = annotations;
  return Object.keys(shown).length === 0 ? metadata : { annotations: shown, ...metadata };
}
