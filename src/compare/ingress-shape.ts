import type { FieldPath } from "../model/field-path.ts";
import type { JsonObject } from "../model/json.ts";

/** What a value of an Ingress is: how it is keyed, and which of its forms the API server takes for absence. */
export type Shape = ScalarShape | ObjectShape | MapShape | SetShape | ListShape | UnknownShape;

export interface ScalarShape {
  readonly kind: "scalar";
  /** The value that upstream's `omitempty` leaves out; undefined for pointers, whose empty value is kept. */
  readonly empty?: "" | 0;
}

export interface ObjectShape {
  readonly kind: "object";
  readonly fields: Readonly<Record<string, Shape>>;
  /** Fields that are no part of the comparison. */
  readonly ignored: readonly string[];
  /**
   * `always`: stands in the keyed form even where the object leaves it out, so that what it contains is reported
   * one by one. `nonEmpty`: upstream's struct by value, for which `{}` is absence. `asGiven`: a pointer.
   */
  readonly presence: "always" | "nonEmpty" | "asGiven";
}

/** Annotations and labels: strings by key, kept exactly, the empty string too. */
export interface MapShape {
  readonly kind: "map";
  readonly ignored: readonly string[];
}

/** A list of strings whose order means nothing. */
export interface SetShape {
  readonly kind: "set";
}

export interface ListShape {
  readonly kind: "list";
  readonly entry: ObjectShape;
  /** The fields that identify an entry; they are in its segment and not in its node. */
  readonly identifyingFields: (entry: JsonObject) => readonly string[];
  /** True where the order of the entries can carry meaning. */
  readonly ordered: boolean;
  /** True where the API server drops entries that repeat an earlier one in every field. */
  readonly dropsRepeated: boolean;
}

export interface UnknownShape {
  readonly kind: "unknown";
}

const UNKNOWN: UnknownShape = { kind: "unknown" };
const SET: SetShape = { kind: "set" };
const pointer: ScalarShape = { kind: "scalar" };
const text: ScalarShape = { kind: "scalar", empty: "" };
const number: ScalarShape = { kind: "scalar", empty: 0 };

function object(
  presence: ObjectShape["presence"],
  fields: ObjectShape["fields"],
  ignored: readonly string[] = [],
): ObjectShape {
  return { kind: "object", presence, fields, ignored };
}

function list(entry: ObjectShape, identifyingFields: readonly string[]): ListShape {
  return {
    kind: "list",
    entry,
    identifyingFields: () => identifyingFields,
    ordered: true,
    dropsRepeated: false,
  };
}

const backend = (presence: ObjectShape["presence"]) =>
  object(presence, {
    service: object("asGiven", {
      name: text,
      port: object("nonEmpty", { name: text, number }),
    }),
    resource: object("asGiven", { apiGroup: pointer, kind: text, name: text }),
  });

const path = object("always", { path: text, pathType: pointer, backend: backend("nonEmpty") });

const rule = object("always", {
  host: text,
  http: object("always", { paths: list(path, ["path", "pathType"]) }),
});

const tls = object("always", { secretName: text, hosts: SET });

const ownerReference = object("always", {
  apiVersion: text,
  kind: text,
  name: text,
  uid: text,
  controller: pointer,
  blockOwnerDeletion: pointer,
});

const metadata = object(
  "always",
  {
    generateName: text,
    annotations: { kind: "map", ignored: ["kubectl.kubernetes.io/last-applied-configuration"] },
    labels: { kind: "map", ignored: [] },
    finalizers: SET,
    ownerReferences: {
      kind: "list",
      entry: ownerReference,
      identifyingFields: (entry) =>
        typeof entry.uid === "string" && entry.uid !== "" ? ["uid"] : ["kind", "name"],
      ordered: false,
      dropsRepeated: true,
    },
  },
  [
    "name",
    "namespace",
    "uid",
    "resourceVersion",
    "generation",
    "creationTimestamp",
    "managedFields",
    "selfLink",
    "deletionTimestamp",
    "deletionGracePeriodSeconds",
  ],
);

/**
 * A `networking.k8s.io/v1` Ingress. The fields are in the order in which people write them; what is ignored is the
 * object's identity or the server's own.
 *
 * @see k8s.io/api/networking/v1/types.go and k8s.io/apimachinery/pkg/apis/meta/v1/types.go for each `omitempty`
 */
export const INGRESS_SHAPE: ObjectShape = object(
  "always",
  {
    metadata,
    spec: object("always", {
      ingressClassName: pointer,
      defaultBackend: backend("asGiven"),
      rules: list(rule, ["host"]),
      tls: list(tls, ["secretName"]),
    }),
  },
  ["apiVersion", "kind", "status"],
);

/** The shape at a path of the keyed form. */
export function shapeAt(fieldPath: FieldPath): Shape {
  return fieldPath.reduce<Shape>(shapeOfChild, INGRESS_SHAPE);
}

export function shapeOfChild(shape: Shape, segment: string): Shape {
  switch (shape.kind) {
    case "object":
      return Object.hasOwn(shape.fields, segment) ? (shape.fields[segment] ?? UNKNOWN) : UNKNOWN;
    case "list":
      return shape.entry;
    case "map":
    case "set":
      return pointer;
    case "scalar":
    case "unknown":
      return UNKNOWN;
    default:
      return shape satisfies never;
  }
}
