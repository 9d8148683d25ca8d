import type { Json, JsonObject } from "../../../src/model/json.ts";

/** What a merge does to something that a hand changed: it is overwritten, it stays, or the apply is refused. */
export type Fate = "overwritten" | "stays" | "refused";

/** Git before and after the pull request, and what somebody did in the cluster in between. */
export interface OverwriteStory {
  readonly name: string;
  readonly base: Parts;
  /** A merge patch. */
  readonly hand: JsonObject;
  readonly head: Parts;
  /** Where the hand's value is looked for. */
  readonly field: readonly string[];
  readonly fate: { readonly "client-side": Fate; readonly "server-side": Fate };
}

interface Parts {
  readonly metadata?: JsonObject;
  readonly spec?: JsonObject;
}

const service = (name: string): JsonObject => ({ service: { name, port: { number: 80 } } });
const rules = (paths: Readonly<Record<string, string>>): Json => [
  {
    host: "shop.example.com",
    http: {
      paths: Object.entries(paths).map(([path, name]) => ({
        path,
        pathType: "Prefix",
        backend: service(name),
      })),
    },
  },
];
const tls = (...names: readonly string[]): Json => names.map((secretName) => ({ secretName }));
const annotated = (annotations: JsonObject): JsonObject => ({ metadata: { annotations } });

const BOTH = (fate: Fate) => ({ "client-side": fate, "server-side": fate });
const BEFORE = { spec: { rules: rules({ "/": "web", "/api": "api" }) } };
const AFTER = { spec: { rules: rules({ "/": "web", "/api": "api", "/new": "new" }) } };

export const OVERWRITE_STORIES: readonly OverwriteStory[] = [
  {
    name: "value-that-git-names",
    base: { ...BEFORE, ...annotated({ a: "git" }) },
    hand: annotated({ a: "hand" }),
    head: { ...AFTER, ...annotated({ a: "git" }) },
    field: ["metadata", "annotations", "a"],
    fate: BOTH("overwritten"),
  },
  {
    name: "backend-beside-a-changed-path",
    base: BEFORE,
    hand: { spec: { rules: rules({ "/": "web", "/api": "hotfix" }) } },
    head: AFTER,
    field: ["spec", "rules"],
    fate: BOTH("overwritten"),
  },
  {
    name: "entry-in-a-list-that-git-names",
    base: { spec: { ...BEFORE.spec, tls: tls("git") } },
    hand: { spec: { tls: tls("git", "hand") } },
    head: { spec: { ...AFTER.spec, tls: tls("git") } },
    field: ["spec", "tls"],
    fate: BOTH("overwritten"),
  },
  {
    name: "order-of-a-list-that-git-names",
    base: BEFORE,
    hand: { spec: { rules: rules({ "/api": "api", "/": "web" }) } },
    head: { ...BEFORE, ...annotated({ a: "git" }) },
    field: ["spec", "rules"],
    fate: BOTH("overwritten"),
  },
  {
    name: "value-taken-away-that-git-names",
    base: { ...BEFORE, ...annotated({ a: "git", b: "git" }) },
    hand: annotated({ a: null }),
    head: { ...AFTER, ...annotated({ a: "git", b: "git" }) },
    field: ["metadata", "annotations", "a"],
    fate: BOTH("overwritten"),
  },
  {
    name: "key-that-git-does-not-name",
    base: { ...BEFORE, ...annotated({ a: "git" }) },
    hand: annotated({ b: "hand" }),
    head: { ...BEFORE, ...annotated({ a: "new" }) },
    field: ["metadata", "annotations", "b"],
    fate: BOTH("stays"),
  },
  {
    name: "class-that-git-does-not-name",
    base: BEFORE,
    hand: { spec: { ingressClassName: "hand" } },
    head: AFTER,
    field: ["spec", "ingressClassName"],
    fate: BOTH("stays"),
  },
  {
    name: "default-backend-that-git-does-not-name",
    base: BEFORE,
    hand: { spec: { defaultBackend: service("hand") } },
    head: AFTER,
    field: ["spec", "defaultBackend"],
    fate: BOTH("stays"),
  },
  {
    name: "list-that-git-does-not-name",
    base: BEFORE,
    hand: { spec: { tls: tls("hand") } },
    head: AFTER,
    field: ["spec", "tls"],
    fate: BOTH("stays"),
  },
  {
    name: "list-that-git-names-as-null",
    base: BEFORE,
    hand: { spec: { tls: tls("hand") } },
    head: { ...AFTER, spec: { ...AFTER.spec, tls: null } },
    field: ["spec", "tls"],
    fate: BOTH("overwritten"),
  },
  {
    name: "labels-that-git-names-as-null",
    base: BEFORE,
    hand: { metadata: { labels: { a: "hand" } } },
    head: { ...AFTER, metadata: { labels: null } },
    field: ["metadata", "labels"],
    fate: { "client-side": "overwritten", "server-side": "stays" },
  },
  {
    name: "default-backend-that-git-names-as-null",
    base: BEFORE,
    hand: { spec: { defaultBackend: { service: { name: "hand", port: { number: 80 } } } } },
    head: { ...AFTER, spec: { ...AFTER.spec, defaultBackend: null } },
    field: ["spec", "defaultBackend"],
    fate: { "client-side": "overwritten", "server-side": "stays" },
  },
  {
    name: "finalizer-that-git-does-not-name",
    base: { ...BEFORE, metadata: { finalizers: ["example.com/git"] } },
    hand: { metadata: { finalizers: ["example.com/git", "example.com/hand"] } },
    head: { ...AFTER, metadata: { finalizers: ["example.com/git"] } },
    field: ["metadata", "finalizers"],
    fate: BOTH("stays"),
  },
  {
    name: "changed-key-that-the-pull-request-removes",
    base: { ...BEFORE, ...annotated({ a: "git", b: "git" }) },
    hand: annotated({ a: "hand" }),
    head: { ...BEFORE, ...annotated({ b: "git" }) },
    field: ["metadata", "annotations", "a"],
    fate: { "client-side": "overwritten", "server-side": "stays" },
  },
  {
    name: "changed-list-that-the-pull-request-removes",
    base: { spec: { ...BEFORE.spec, tls: tls("git") } },
    hand: { spec: { tls: tls("git", "hand") } },
    head: BEFORE,
    field: ["spec", "tls"],
    fate: { "client-side": "overwritten", "server-side": "stays" },
  },
  {
    name: "label-beside-those-that-the-pull-request-removes",
    base: { ...BEFORE, metadata: { labels: { a: "git" } } },
    hand: { metadata: { labels: { b: "hand" } } },
    head: BEFORE,
    field: ["metadata", "labels", "b"],
    fate: { "client-side": "overwritten", "server-side": "stays" },
  },
  {
    name: "annotation-beside-those-that-the-pull-request-removes",
    base: { ...BEFORE, ...annotated({ a: "git" }) },
    hand: annotated({ b: "hand" }),
    head: BEFORE,
    field: ["metadata", "annotations", "b"],
    fate: BOTH("stays"),
  },
  {
    name: "default-port-of-another-kind",
    base: { spec: { ...BEFORE.spec, defaultBackend: service("git") } },
    hand: { spec: { defaultBackend: { service: { port: { name: "http", number: null } } } } },
    head: { spec: { ...AFTER.spec, defaultBackend: service("git") } },
    field: ["spec", "defaultBackend"],
    fate: { "client-side": "refused", "server-side": "overwritten" },
  },
  {
    name: "default-backend-of-another-kind",
    base: { spec: { ...BEFORE.spec, defaultBackend: service("git") } },
    hand: {
      spec: {
        defaultBackend: {
          service: null,
          resource: { apiGroup: "k8s.example.com", kind: "Bucket", name: "hand" },
        },
      },
    },
    head: { spec: { ...AFTER.spec, defaultBackend: service("git") } },
    field: ["spec", "defaultBackend"],
    fate: BOTH("refused"),
  },
  {
    name: "changed-default-backend-that-the-pull-request-removes",
    base: { spec: { ...BEFORE.spec, defaultBackend: service("git") } },
    hand: { spec: { defaultBackend: { service: { name: "hand" } } } },
    head: BEFORE,
    field: ["spec", "defaultBackend"],
    fate: { "client-side": "overwritten", "server-side": "refused" },
  },
];
