import type { Random } from "../truth/random.ts";
import { type Draft, isValid } from "./draft.ts";
import {
  randomAnnotation,
  randomBackend,
  randomFinalizer,
  randomLabel,
  randomOwner,
  randomPath,
  randomRule,
  randomService,
  randomTls,
} from "./random-draft.ts";

/** Changes one field of a draft, or nothing where the draft has no such field. */
type Mutation = (draft: Draft, random: Random) => void;

/** One for everything that an Ingress has. */
const MUTATIONS: Readonly<Record<string, Mutation>> = {
  "set annotation": ({ annotations }, random) => set(annotations, randomAnnotation(random)),
  "remove annotation": ({ annotations }, random) => removeKey(annotations, random),
  "set label": ({ labels }, random) => set(labels, randomLabel(random)),
  "remove label": ({ labels }, random) => removeKey(labels, random),
  "add finalizer": (draft, random) => {
    draft.finalizers = [...new Set([...draft.finalizers, randomFinalizer(random)])];
  },
  "remove finalizer": ({ finalizers }, random) => removeOne(finalizers, random),
  "set owner": (draft, random) => {
    const owner = randomOwner(random);
    draft.owners = [...draft.owners.filter(({ uid }) => uid !== owner.uid), owner];
  },
  "remove owner": ({ owners }, random) => removeOne(owners, random),
  "set class": (draft, random) => {
    draft.ingressClassName = random.pick(["web", "api", "nginx"]);
  },
  "remove class": (draft) => {
    draft.ingressClassName = null;
  },
  // Of the same kind: kubectl diff cannot run where it would merge two kinds into one backend.
  "change default backend": ({ defaultBackend }, random) => {
    if (defaultBackend?.kind !== "service") return;
    const { name, port } = randomService(random);
    defaultBackend.name = name;
    if (typeof defaultBackend.port === typeof port) defaultBackend.port = port;
  },
  "add default backend": (draft) => {
    draft.defaultBackend ??= { kind: "service", name: "added", port: 80 };
  },
  "remove default backend": (draft) => {
    draft.defaultBackend = null;
  },
  "add rule": ({ rules }, random) => insert(rules, randomRule(random), random),
  "remove rule": ({ rules }, random) => removeOne(rules, random),
  "reorder rules": (draft, random) => {
    draft.rules = random.shuffled(draft.rules);
  },
  "change host": ({ rules }, random) =>
    pickFrom(rules, random, (rule) => (rule.host = randomRule(random).host)),
  "add path": ({ rules }, random) =>
    pickFrom(rules, random, ({ paths }) => insert(paths, randomPath(random), random)),
  "remove path": ({ rules }, random) => pickFrom(rules, random, ({ paths }) => removeOne(paths, random)),
  "reorder paths": ({ rules }, random) =>
    pickFrom(rules, random, (rule) => (rule.paths = random.shuffled(rule.paths))),
  "change path": onPath((path, random) => (path.path = randomPath(random).path)),
  "change pathType": onPath((path, random) => (path.pathType = randomPath(random).pathType)),
  "change backend": onPath((path, random) => (path.backend = randomBackend(random))),
  "change service": onPath(({ backend }) => (backend.name = `${backend.name}-v2`)),
  "change port": onPath(({ backend }, random) => {
    if (backend.kind === "service") backend.port = randomService(random).port;
  }),
  "add tls": ({ tls }, random) => insert(tls, randomTls(random), random),
  "remove tls": ({ tls }, random) => removeOne(tls, random),
  "reorder tls": (draft, random) => {
    draft.tls = random.shuffled(draft.tls);
  },
  "change secret": ({ tls }, random) =>
    pickFrom(tls, random, (entry) => (entry.secretName = randomTls(random).secretName)),
  "change tls hosts": ({ tls }, random) =>
    pickFrom(tls, random, (entry) => (entry.hosts = randomTls(random).hosts)),
  "reorder tls hosts": ({ tls }, random) =>
    pickFrom(tls, random, (entry) => (entry.hosts = random.shuffled(entry.hosts))),
};

export const MUTATION_NAMES = Object.keys(MUTATIONS);

/** @returns The changed draft, and the mutation's name. The draft is as it was where the server would refuse it. */
export function mutate(draft: Draft, random: Random): { readonly draft: Draft; readonly name: string } {
  const name = random.pick(MUTATION_NAMES);
  const changed = structuredClone(draft);
  MUTATIONS[name]?.(changed, random);
  return { draft: isValid(changed) ? changed : draft, name };
}

function onPath(
  change: (path: Draft["rules"][number]["paths"][number], random: Random) => unknown,
): Mutation {
  return ({ rules }, random) =>
    pickFrom(rules, random, ({ paths }) => pickFrom(paths, random, (path) => change(path, random)));
}

function pickFrom<Item>(items: readonly Item[], random: Random, change: (item: Item) => unknown): void {
  if (items.length > 0) change(random.pick(items));
}

function insert<Item>(items: Item[], item: Item, random: Random): void {
  items.splice(random.int(items.length + 1), 0, item);
}

function removeOne<Item>(items: Item[], random: Random): void {
  if (items.length > 0) items.splice(random.int(items.length), 1);
}

function set(map: Record<string, string>, [key, value]: readonly [string, string]): void {
  map[key] = value;
}

function removeKey(map: Record<string, string>, random: Random): void {
  const keys = Object.keys(map);
  if (keys.length > 0) delete map[random.pick(keys)];
}
