import { isJsonObject, type Json, type JsonObject } from "../../../src/model/json.ts";
import type { ManagerInput } from "./case-format.ts";

/**
 * `metadata.managedFields` in FieldsV1, as the API server writes it.
 *
 * @see https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management
 */
export function managedFields(managers: readonly ManagerInput[]): JsonObject[] {
  return managers.map(({ manager, operation, time, fields }) => ({
    manager,
    operation,
    apiVersion: "networking.k8s.io/v1",
    ...(time === undefined ? {} : { time: seconds(time) }),
    fieldsType: "FieldsV1",
    fieldsV1: fields.reduce<JsonObject>((owned, field) => own(owned, steps(field)), {}),
  }));
}

/** The API server's times have whole seconds. */
export function seconds(time: string): string {
  return time.replace(/\.\d+Z$/, "Z");
}

function own(owned: JsonObject, [step, ...rest]: readonly string[]): JsonObject {
  if (step === undefined) return owned;
  const below: Json = owned[step] ?? {};
  return { ...owned, [step]: own(isJsonObject(below) ? below : {}, rest) };
}

/** `metadata.annotations["a/b"]` → `f:metadata`, `f:annotations`, `f:a/b`; a finalizer is a set's member: `v:"x"`. */
function steps(field: string): string[] {
  const segments = [...field.matchAll(/([A-Za-z]\w*)|\[("[^"]*")\]/g)];
  const isSet = field.startsWith("metadata.finalizers");
  return segments.map(([, name, key]) => {
    if (name !== undefined) return `f:${name}`;
    return isSet ? `v:${key}` : `f:${JSON.parse(key ?? '""')}`;
  });
}
