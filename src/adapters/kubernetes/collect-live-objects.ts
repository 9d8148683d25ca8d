import type { LiveIngress, LiveIngressClass } from "../../model/ingress.ts";
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import type { Problem } from "../../model/problem.ts";

export interface LiveObjects {
  /** Sorted by namespace, then name. */
  readonly ingresses: readonly LiveIngress[];
  /** Sorted by name; empty also where the source has no list of them. */
  readonly ingressClasses: readonly LiveIngressClass[];
  readonly problems: readonly Problem[];
}

export const V1 = "networking.k8s.io/v1";
const OLDER_VERSIONS: readonly string[] = ["extensions/v1beta1", "networking.k8s.io/v1beta1"];
export const DEFAULT_CLASS = "ingressclass.kubernetes.io/is-default-class";

/**
 * Sort what a cluster or a snapshot holds into Ingresses and IngressClasses. What is neither, or cannot be
 * understood, becomes a problem: nothing is left out silently.
 *
 * @param items  Objects with `apiVersion` and `kind`.
 * @param source What the problems name as their place.
 */
export function collectLiveObjects(items: readonly Json[], source: string): LiveObjects {
  const sorted = items.map((item) => sortObject(item, source));
  const ingresses = sorted.flatMap((each) => (each.kind === "ingress" ? [each.ingress] : []));
  const problems = sorted.flatMap((each) => (each.kind === "problem" ? [each.problem] : []));
  const { unique, ambiguous } = withoutDuplicates(ingresses, source);
  const classes = sorted.flatMap((each) => (each.kind === "ingressClass" ? [each.ingressClass] : []));
  return {
    ingresses: unique.sort(
      (left, right) =>
        compareText(left.id.namespace, right.id.namespace) || compareText(left.id.name, right.id.name),
    ),
    ingressClasses: [...new Map(classes.map((each) => [each.name, each])).values()].sort((left, right) =>
      compareText(left.name, right.name),
    ),
    problems: [...problems, ...ambiguous],
  };
}

type SortedObject =
  | { readonly kind: "ingress"; readonly ingress: LiveIngress }
  | { readonly kind: "ingressClass"; readonly ingressClass: LiveIngressClass }
  | { readonly kind: "problem"; readonly problem: Problem };

function sortObject(item: Json, source: string): SortedObject {
  if (!isJsonObject(item)) {
    return problem(source, "live-object-malformed", "An entry of the list is no object", AGAIN, "error");
  }
  if (item.kind === "IngressClass" && isClassVersion(item.apiVersion)) return sortIngressClass(item, source);
  if (item.kind !== "Ingress" || !isIngressGroup(item.apiVersion)) return foreign(item, source);
  return sortIngress(item, source);
}

/** An IngressClass had the same fields in v1beta1. */
function isClassVersion(apiVersion: Json | undefined): boolean {
  return apiVersion === V1 || apiVersion === "networking.k8s.io/v1beta1";
}

function isIngressGroup(apiVersion: Json | undefined): boolean {
  return (
    typeof apiVersion !== "string" ||
    apiVersion === V1 ||
    /^(networking\.k8s\.io|extensions)\//.test(apiVersion)
  );
}

const AGAIN =
  "Take the snapshot again with: kubectl get ingress,ingressclass -A -o json --show-managed-fields.";

function sortIngress(object: JsonObject, source: string): SortedObject {
  const metadata = isJsonObject(object.metadata) ? object.metadata : {};
  const { namespace, name } = metadata;
  if (typeof name !== "string" || name === "" || typeof namespace !== "string" || namespace === "") {
    const what = `An Ingress has no ${typeof name === "string" && name !== "" ? "namespace" : "name"}`;
    return problem(source, "live-object-malformed", what, AGAIN, "error");
  }
  const id = { namespace, name };
  if (object.apiVersion !== V1) return otherVersion(object.apiVersion, id, source);
  if (object.spec !== undefined && !isJsonObject(object.spec)) {
    const what = `The spec of Ingress ${namespace}/${name} is no object`;
    return problem(source, "live-object-malformed", what, AGAIN, "error", id);
  }
  return { kind: "ingress", ingress: { id, object } };
}

function otherVersion(version: Json | undefined, id: LiveIngress["id"], source: string): SortedObject {
  const name = `${id.namespace}/${id.name}`;
  const isOlder = typeof version === "string" && OLDER_VERSIONS.includes(version);
  return problem(
    source,
    isOlder ? "live-version-outdated" : "live-version-unknown",
    `Ingress ${name} is given as ${typeof version === "string" ? version : "no apiVersion"}, not as ${V1}`,
    "Ask the server for v1: kubectl get ingresses.v1.networking.k8s.io,ingressclasses.v1.networking.k8s.io -A -o json --show-managed-fields.",
    "error",
    id,
  );
}

function sortIngressClass(object: JsonObject, source: string): SortedObject {
  const metadata = isJsonObject(object.metadata) ? object.metadata : {};
  const annotations = isJsonObject(metadata.annotations) ? metadata.annotations : {};
  const spec = isJsonObject(object.spec) ? object.spec : {};
  if (typeof metadata.name !== "string" || metadata.name === "") {
    return problem(source, "live-object-malformed", "An IngressClass has no name", AGAIN, "error");
  }
  const ingressClass = {
    name: metadata.name,
    isDefault: annotations[DEFAULT_CLASS] === "true",
    controller: typeof spec.controller === "string" ? spec.controller : null,
    ...(typeof metadata.creationTimestamp === "string" ? { createdAt: metadata.creationTimestamp } : {}),
  };
  return { kind: "ingressClass", ingressClass };
}

function foreign(object: JsonObject, source: string): SortedObject {
  const metadata = isJsonObject(object.metadata) ? object.metadata : {};
  const where = [metadata.namespace, metadata.name].filter((part) => typeof part === "string").join("/");
  const type = [object.apiVersion, object.kind].filter((part) => typeof part === "string").join(" ");
  return problem(
    source,
    "live-object-unknown",
    `${type === "" ? "An object without apiVersion and kind" : type}${where === "" ? "" : ` ${where}`} is no Ingress of ${V1} and was left out`,
    "Nothing to do if it does not belong to the audit; else take the snapshot with: kubectl get ingress,ingressclass -A -o json --show-managed-fields.",
    "warning",
  );
}

function withoutDuplicates(ingresses: readonly LiveIngress[], source: string) {
  const byId = Map.groupBy(ingresses, ({ id }) => `${id.namespace}/${id.name}`);
  const unique: LiveIngress[] = [];
  const ambiguous: Problem[] = [];
  for (const [name, same] of byId) {
    const [first] = same;
    if (first === undefined) continue;
    if (same.length === 1 || new Set(same.map(versionOf)).size === 1) unique.push(first);
    else ambiguous.push(duplicate(name, first.id, source));
  }
  return { unique, ambiguous };
}

/** The same object may be listed twice; one object at two moments may not. */
function versionOf({ object }: LiveIngress): string {
  return JSON.stringify(object);
}

function duplicate(name: string, id: LiveIngress["id"], source: string): Problem {
  const what = `Ingress ${name} occurs more than once, with different contents`;
  return makeProblem(source, "live-object-ambiguous", what, AGAIN, "error", id);
}

function problem(...details: Parameters<typeof makeProblem>): SortedObject {
  return { kind: "problem", problem: makeProblem(...details) };
}

function makeProblem(
  source: string,
  code: string,
  message: string,
  remedy: string,
  level: Problem["level"],
  ingress?: LiveIngress["id"],
): Problem {
  return {
    path: source,
    line: null,
    code,
    message,
    remedy,
    level,
    ...(ingress === undefined ? {} : { ingress }),
  };
}

/** By code unit, the same on every machine. */
function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
