import { isJsonObject } from "../../model/json.ts";
import { type Check, childOf, invalid, itemsOf, stringAt } from "./check-value.ts";
import { isDnsLabel, isDnsSubdomain, isLabelValue, isQualifiedName } from "./name-rules.ts";
import type { Finding } from "./problem-code.ts";

const ANNOTATIONS_LIMIT_BYTES = 256 * 1024;

/** @see https://github.com/kubernetes/apimachinery/blob/v0.36.3/pkg/api/validation/objectmeta.go */
export function validateMetadata(metadata: Check): Finding[] {
  return [
    ...validateIdentity(metadata),
    ...entriesOf(childOf(metadata, "labels")).flatMap(validateLabel),
    ...validateAnnotations(childOf(metadata, "annotations")),
    ...itemsOf(childOf(metadata, "finalizers")).flatMap(validateFinalizer),
  ];
}

function validateIdentity(metadata: Check): Finding[] {
  const name = stringAt(metadata, "name");
  const namespace = stringAt(metadata, "namespace");
  return [
    ...(name === "" || isDnsSubdomain(name)
      ? []
      : [invalid([...metadata.path, "name"], name, "must be a DNS name in lower case")]),
    ...(namespace === "" || isDnsLabel(namespace)
      ? []
      : [
          invalid(
            [...metadata.path, "namespace"],
            namespace,
            "must be one part of a DNS name, in lower case",
          ),
        ]),
  ];
}

function validateLabel({ key, value, path }: Entry): Finding[] {
  return [
    ...(isQualifiedName(key) ? [] : [invalid(path, key, "a label's key must be `name` or `prefix/name`")]),
    ...(isLabelValue(value)
      ? []
      : [invalid(path, value, "a label's value must be at most 63 letters, digits, `-`, `_` and `.`")]),
  ];
}

function validateAnnotations(annotations: Check | null): Finding[] {
  const entries = entriesOf(annotations);
  const bytes = entries.reduce(
    (sum, { key, value }) => sum + Buffer.byteLength(key) + Buffer.byteLength(value),
    0,
  );
  const keys = entries.flatMap(({ key, path }) =>
    isQualifiedName(key.toLowerCase())
      ? []
      : [invalid(path, key, "an annotation's key must be `name` or `prefix/name`")],
  );
  if (annotations === null || bytes <= ANNOTATIONS_LIMIT_BYTES) return keys;
  return [
    ...keys,
    invalid(annotations.path, `${bytes} bytes`, `must not be over ${ANNOTATIONS_LIMIT_BYTES} bytes`),
  ];
}

function validateFinalizer({ value, path }: Check): Finding[] {
  if (typeof value !== "string" || isQualifiedName(value)) return [];
  return [invalid(path, value, "must be `name` or `prefix/name`")];
}

interface Entry {
  readonly key: string;
  readonly value: string;
  readonly path: Check["path"];
}

function entriesOf(map: Check | null): Entry[] {
  if (map === null || !isJsonObject(map.value)) return [];
  return Object.entries(map.value).map(([key, value]) => ({
    key,
    value: typeof value === "string" ? value : "",
    path: [...map.path, key],
  }));
}
