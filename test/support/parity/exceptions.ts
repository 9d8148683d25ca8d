import type { FieldPath } from "../../../src/model/field-path.ts";
import type { JsonObject } from "../../../src/model/json.ts";
import { ORDER } from "./field-leaves.ts";

/** Where kubectl diff and the audit are meant to disagree. docs/parity.md gives the reason of each. */
export interface ParityException {
  /** Kebab-case; the name of the example's Ingress too. */
  readonly name: string;
  /** Of what kubectl alone shows, what this excepts. */
  readonly covers: (path: FieldPath) => boolean;
  readonly example: {
    readonly way: "client-side" | "server-side";
    readonly metadata?: JsonObject;
    readonly spec: JsonObject;
    /** A merge patch by somebody else, after the apply. */
    readonly patch: JsonObject;
    /** What kubectl diff does: show the exception, show nothing, or end with an error. */
    readonly kubectl: "shows" | "silent" | "fails";
    /** The fields that the audit reports. */
    readonly audit: readonly string[];
  };
}

const nothing = () => false;
const web = { service: { name: "web", port: { number: 80 } } };
const api = { service: { name: "api", port: { number: 80 } } };
const named = { service: { name: "web", port: { name: "http", number: null } } };
const bucket = { apiGroup: "k8s.example.com", kind: "Bucket", name: "assets" };
const finalizers = ["example.com/a", "example.com/b"];

export const EXCEPTIONS: readonly ParityException[] = [
  {
    name: "generation",
    covers: ([metadata, name]) => metadata === "metadata" && name === "generation",
    example: {
      way: "client-side",
      spec: { defaultBackend: web },
      patch: { spec: { defaultBackend: api } },
      kubectl: "shows",
      audit: ["spec.defaultBackend.service.name"],
    },
  },
  {
    name: "order-of-tls-hosts",
    covers: (path) => path[1] === "tls" && path.at(-1) === ORDER && path.at(-2) === "hosts",
    example: {
      way: "server-side",
      spec: { defaultBackend: web, tls: [{ hosts: ["a.example.com", "b.example.com"] }] },
      patch: { spec: { tls: [{ hosts: ["b.example.com", "a.example.com"] }] } },
      kubectl: "shows",
      audit: [],
    },
  },
  {
    name: "order-of-finalizers",
    covers: (path) => path.at(-1) === ORDER && path.at(-2) === "finalizers",
    example: {
      way: "server-side",
      metadata: { finalizers },
      spec: { defaultBackend: web },
      patch: { metadata: { finalizers: finalizers.toReversed() } },
      kubectl: "shows",
      audit: [],
    },
  },
  {
    name: "next-line-character",
    covers: nothing,
    example: {
      way: "server-side",
      metadata: { annotations: { "example.com/a": "one\u0085two" } },
      spec: { defaultBackend: web },
      patch: {},
      kubectl: "silent",
      audit: ['metadata.annotations["example.com/a"]'],
    },
  },
  {
    name: "port-by-name-and-number",
    covers: nothing,
    example: {
      way: "client-side",
      spec: { defaultBackend: web },
      patch: { spec: { defaultBackend: named } },
      kubectl: "fails",
      audit: ["spec.defaultBackend.service.port.name", "spec.defaultBackend.service.port.number"],
    },
  },
  {
    name: "service-and-resource",
    covers: nothing,
    example: {
      way: "server-side",
      spec: { defaultBackend: web },
      patch: { spec: { defaultBackend: { service: null, resource: bucket } } },
      kubectl: "fails",
      audit: ["spec.defaultBackend.resource", "spec.defaultBackend.service"],
    },
  },
];
