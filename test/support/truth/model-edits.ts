import type { IngressModel, ModelNode, Place } from "./ingress-model.ts";
import { withValue } from "./ingress-model.ts";
import type { Random } from "./random.ts";

/** One change to one Ingress, by an author in Git or by a hand in the cluster. */
export interface ModelEdit {
  readonly kind: EditKind;
  /** Everything at and below this place belongs to the edit. */
  readonly place: Place;
  readonly next: IngressModel;
}

export type EditKind = keyof typeof WEIGHTS | "reorder";

export interface EditOptions {
  /** Whether the edit may touch a place: another branch may have claimed it. */
  readonly isFree?: (place: Place) => boolean;
  /** Whether it may reorder lists. */
  readonly withOrder?: boolean;
}

/** Hands out names that nothing else in the story has. */
export type FreshName = (prefix: string) => string;

const WEIGHTS = {
  service: 14,
  port: 6,
  addPath: 7,
  removePath: 5,
  addRule: 4,
  removeRule: 3,
  addTls: 3,
  removeTls: 2,
  addTlsHost: 3,
  removeTlsHost: 2,
  changeAnnotation: 10,
  addAnnotation: 7,
  removeAnnotation: 6,
  changeLabel: 5,
  addLabel: 3,
  removeLabel: 3,
  class: 3,
  setDefaultBackend: 3,
  removeDefaultBackend: 2,
};

/** Also the order of lists. */
const WITH_ORDER = { ...WEIGHTS, reorder: 8 };

const ATTEMPTS = 20;

/** @param isFree Whether the edit may touch a place: another branch may have claimed it. */
export function randomEdit(
  random: Random,
  model: IngressModel,
  fresh: FreshName,
  { isFree = () => true, withOrder = false }: EditOptions = {},
): ModelEdit | null {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const kind: EditKind = random.weighted(withOrder ? WITH_ORDER : WEIGHTS);
    const change = proposal(kind, random, model, fresh);
    if (change === null || !isFree(change.claim ?? change.place)) continue;
    return { kind, place: change.claim ?? change.place, next: withValue(model, change.place, change.value) };
  }
  return null;
}

export interface Proposal {
  readonly place: Place;
  readonly value: ModelNode | string | undefined;
  /** Where more than the changed place must be free: an entry must not be emptied by two removals at once. */
  readonly claim?: Place;
}

function proposal(kind: EditKind, random: Random, model: IngressModel, fresh: FreshName): Proposal | null {
  switch (kind) {
    case "service":
      return { place: [...anyPath(random, model), "service"], value: fresh("svc") };
    case "port":
      return { place: [...anyPath(random, model), "port"], value: freshPort(random, fresh) };
    case "addPath":
      return {
        place: ["rules", anyHost(random, model), freshPath(random, fresh)],
        value: freshBackend(random, fresh),
      };
    case "removePath":
      return removalOf(random, model.rules, "rules", 2);
    case "addRule":
      return {
        place: ["rules", `${fresh("host")}.example.com`],
        value: { [freshPath(random, fresh)]: freshBackend(random, fresh) },
      };
    case "removeRule":
      return removable(random, model.rules, 2, (host) => ({
        place: ["rules", host],
        value: undefined,
        claim: ["rules"],
      }));
    case "addTls":
      return { place: ["tls", fresh("tls")], value: { [`${fresh("host")}.example.com`]: "yes" } };
    case "removeTls":
      return removable(random, model.tls, 1, (secret) => ({ place: ["tls", secret], value: undefined }));
    case "addTlsHost":
      return removable(random, model.tls, 1, (secret) => ({
        place: ["tls", secret, `${fresh("host")}.example.com`],
        value: "yes",
      }));
    case "removeTlsHost":
      return removalOf(random, model.tls, "tls", 2);
    case "changeAnnotation":
      return changeOf(random, model.annotations, "annotations", fresh("value"));
    case "addAnnotation":
      return { place: ["annotations", `example.com/${fresh("note")}`], value: fresh("value") };
    case "removeAnnotation":
      return removalIn(random, model.annotations, "annotations");
    case "changeLabel":
      return changeOf(random, model.labels, "labels", fresh("value"));
    case "addLabel":
      return { place: ["labels", fresh("label")], value: fresh("value") };
    case "removeLabel":
      return removalIn(random, model.labels, "labels");
    case "class":
      return { place: ["class", "name"], value: fresh("class") };
    case "setDefaultBackend":
      return { place: ["defaultBackend"], value: freshBackend(random, fresh) };
    case "removeDefaultBackend":
      return model.defaultBackend.service === undefined ? null : { place: ["defaultBackend"], value: {} };
    case "reorder":
      return reordering(random, model);
    default:
      return kind satisfies never;
  }
}

/** The rules, or a host's paths, the other way round. */
export function reordering(random: Random, { order, rules }: IngressModel): Proposal | null {
  const lists = [
    ...(Object.keys(rules).length > 1 ? ["rules"] : []),
    ...Object.keys(rules)
      .filter((host) => Object.keys(rules[host] ?? {}).length > 1)
      .map((host) => `paths ${host}`),
  ];
  if (lists.length === 0) return null;
  const list = random.pick(lists);
  return { place: ["order", list], value: order[list] === undefined ? "reversed" : undefined };
}

export function freshBackend(random: Random, fresh: FreshName) {
  return { service: fresh("svc"), port: freshPort(random, fresh) };
}

export function freshPath(random: Random, fresh: FreshName): string {
  return `${random.pick(["Prefix", "Exact", "ImplementationSpecific"])} /${fresh("path")}`;
}

function freshPort(random: Random, fresh: FreshName): string {
  const [, number = "1"] = fresh("p").split("-");
  return random.chance(0.25) ? `p-${number}` : String(1024 + Number(number));
}

function anyHost(random: Random, model: IngressModel): string {
  return random.pick(Object.keys(model.rules));
}

function anyPath(random: Random, model: IngressModel): Place {
  const host = anyHost(random, model);
  return ["rules", host, random.pick(Object.keys(model.rules[host] ?? {}))];
}

function removable(
  random: Random,
  record: Readonly<Record<string, unknown>>,
  atLeast: number,
  propose: (key: string) => Proposal,
): Proposal | null {
  const keys = Object.keys(record);
  return keys.length < atLeast ? null : propose(random.pick(keys));
}

/** The removal of one entry of an entry that has several. */
function removalOf(
  random: Random,
  entries: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  root: string,
  atLeast: number,
): Proposal | null {
  const possible = Object.entries(entries).filter(([, entry]) => Object.keys(entry).length >= atLeast);
  if (possible.length === 0) return null;
  const [key, entry] = random.pick(possible);
  return { place: [root, key, random.pick(Object.keys(entry))], value: undefined, claim: [root, key] };
}

function removalIn(random: Random, record: Readonly<Record<string, string>>, root: string): Proposal | null {
  return removable(random, record, 1, (key) => ({ place: [root, key], value: undefined }));
}

function changeOf(
  random: Random,
  record: Readonly<Record<string, string>>,
  root: string,
  value: string,
): Proposal | null {
  return removable(random, record, 1, (key) => ({ place: [root, key], value }));
}
