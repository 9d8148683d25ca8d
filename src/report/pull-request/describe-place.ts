import { parseFieldPath, segmentKeys } from "../../model/field-path.ts";
import { own, type Phrase, say } from "../phrase.ts";
import { short } from "./short.ts";

/** Where a field is, as people speak of it: `/api` of `shop.example.com`, service. */
export function describePlace(field: string): Phrase {
  const { place, part } = placeOf(field);
  return part === null ? place : say`${place}, ${own(part)}`;
}

/** The same without the part: what somebody who writes there is said to have worked on. */
export function describeSpot(field: string): Phrase {
  return placeOf(field).place;
}

/** The part alone; empty where the field is the whole of its place. */
export function describePart(field: string): Phrase {
  const { part } = placeOf(field);
  return part === null ? [] : [own(part)];
}

interface Place {
  readonly place: Phrase;
  readonly part: string | null;
}

function placeOf(field: string): Place {
  const path = parseFieldPath(field);
  if (path?.length === 0) return { place: say`the whole Ingress`, part: null };
  const whole = { place: say`${short(field)}`, part: null };
  if (path === null) return whole;
  const [root, name = "", entry, ...below] = path;
  const known = root === "metadata" ? metadataPlace(name, entry, below) : specPlace(name, entry, below);
  return (root === "metadata" || root === "spec" ? known : null) ?? whole;
}

const KINDS: ReadonlyMap<string, string> = new Map([
  ["annotations", "annotation"],
  ["labels", "label"],
  ["finalizers", "finalizer"],
]);

function metadataPlace(name: string, entry: string | undefined, below: readonly string[]): Place | null {
  const kind = KINDS.get(name);
  if (kind === undefined || entry === undefined || below.length > 0) return null;
  return { place: say`${own(kind)} ${short(segmentKeys(entry)[""] ?? entry)}`, part: null };
}

function specPlace(name: string, entry: string | undefined, below: readonly string[]): Place | null {
  switch (name) {
    case "ingressClassName":
      return entry === undefined ? { place: say`the ingress class`, part: null } : null;
    case "defaultBackend":
      return {
        place: say`the default backend`,
        part: backendPart(entry === undefined ? [] : [entry, ...below]),
      };
    case "rules":
      return rulePlace(entry, below);
    case "tls":
      return tlsPlace(entry, below);
    default:
      return null;
  }
}

function rulePlace(entry: string | undefined, below: readonly string[]): Place | null {
  if (entry === undefined) return { place: say`the order of the rules`, part: null };
  const { host = "" } = segmentKeys(entry);
  const where = host === "" ? say`every host` : say`${short(host)}`;
  const [http, paths, path, backend, ...parts] = below;
  if (http === undefined) {
    const rule = host === "" ? say`the rule for every host` : say`host ${where}`;
    return { place: say`${rule}${repetition(entry)}`, part: null };
  }
  if (http !== "http" || paths !== "paths") return null;
  if (path === undefined) return { place: say`the order of the paths of ${where}`, part: null };
  const at = segmentKeys(path).path ?? "";
  const place = say`${short(at === "" ? "/" : at)} of ${where}${repetition(path)}`;
  if (backend === undefined) return { place, part: null };
  return backend === "backend" ? { place, part: backendPart(parts) } : null;
}

function tlsPlace(entry: string | undefined, below: readonly string[]): Place | null {
  if (entry === undefined) return { place: say`the order of the TLS entries`, part: null };
  const { secretName = "" } = segmentKeys(entry);
  const tls = secretName === "" ? say`TLS without a Secret` : say`TLS ${short(secretName)}`;
  const [hosts, host] = below;
  if (hosts === undefined) return { place: say`${tls}${repetition(entry)}`, part: null };
  if (hosts !== "hosts" || host === undefined) return null;
  return {
    place: say`host ${short(segmentKeys(host)[""] ?? host)} of ${tls}${repetition(entry)}`,
    part: null,
  };
}

function backendPart([kind, name]: readonly string[]): string | null {
  if (kind === undefined) return null;
  if (kind !== "service") return kind === "resource" ? "resource" : "backend";
  return name === "port" ? "port" : "service";
}

/** Lists may hold a key twice. */
function repetition(segment: string): Phrase {
  const ordinal = /\]#(\d+)$/.exec(segment)?.[1];
  return ordinal === undefined ? [] : [own(` (entry ${ordinal} with this key)`)];
}
