import type { Random } from "../truth/random.ts";
import type { Backend, Draft, DraftPath } from "./draft.ts";

// Few names, so that two drafts share entries, and a list repeats one now and then.
const HOSTS = ["a.example.com", "b.example.com", "*.example.com", ""];
const PATHS = ["/", "/api", "/a b"];
const PATH_TYPES = ["Prefix", "Exact", "ImplementationSpecific"];
const NAMES = ["web", "api", "admin"];
const KEYS = ["example.com/team", "nginx.ingress.kubernetes.io/app-root", "plain", "UPPER"];
const VALUES = ["", "yes", "0777", "a: b", "two\nlines\n", "größe", " spaces "];
const SECRETS = ["shop-tls", "other-tls", ""];
const UIDS = ["00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"];

export function randomDraft(name: string, random: Random): Draft {
  const rules = times(1 + random.int(3), () => randomRule(random));
  return {
    name,
    annotations: Object.fromEntries(times(random.int(3), () => randomAnnotation(random))),
    labels: Object.fromEntries(times(random.int(3), () => randomLabel(random))),
    finalizers: random.chance(0.2) ? [randomFinalizer(random)] : [],
    owners: random.chance(0.2) ? [randomOwner(random)] : [],
    ingressClassName: random.chance(0.5) ? random.pick(NAMES) : null,
    defaultBackend: random.chance(0.4) ? randomService(random) : null,
    rules,
    tls: times(random.int(3), () => randomTls(random)),
  };
}

export function randomRule(random: Random): Draft["rules"][number] {
  return { host: random.pick(HOSTS), paths: times(1 + random.int(3), () => randomPath(random)) };
}

export function randomPath(random: Random): DraftPath {
  return { path: random.pick(PATHS), pathType: random.pick(PATH_TYPES), backend: randomBackend(random) };
}

export function randomBackend(random: Random): Backend {
  return random.chance(0.2) ? { kind: "resource", name: random.pick(NAMES) } : randomService(random);
}

export function randomService(random: Random): Backend & { kind: "service" } {
  return {
    kind: "service",
    name: random.pick(NAMES),
    port: random.pick<number | string>([80, 8080, "http"]),
  };
}

export function randomTls(random: Random): Draft["tls"][number] {
  return {
    secretName: random.pick(SECRETS),
    hosts: times(random.int(4), () => random.pick(HOSTS.slice(0, 3))),
  };
}

export function randomAnnotation(random: Random): readonly [string, string] {
  return [random.pick(KEYS), random.pick(VALUES)];
}

export function randomLabel(random: Random): readonly [string, string] {
  return [random.pick(KEYS), random.pick(["", "yes", "0777", "a.b"])];
}

export function randomFinalizer(random: Random): string {
  return random.pick(["example.com/a", "example.com/b"]);
}

export function randomOwner(random: Random): Draft["owners"][number] {
  return { uid: random.pick(UIDS), name: random.pick(NAMES) };
}

function times<Item>(count: number, make: () => Item): Item[] {
  return Array.from({ length: count }, make);
}
