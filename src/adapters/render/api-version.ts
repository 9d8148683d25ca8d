import type { Json } from "../../model/json.ts";
import { slipsBetween } from "../../model/nearest-name.ts";
import type { Finding } from "./problem-code.ts";

export type ApiVersion =
  | { readonly kind: "v1" }
  | { readonly kind: "v1beta1" }
  /** Another API that also calls something Ingress. */
  | { readonly kind: "foreign" }
  | { readonly kind: "wrong"; readonly finding: Finding };

const OURS = "networking.k8s.io";
const VERSIONS: Readonly<Record<string, "v1" | "v1beta1">> = {
  [`${OURS}/v1`]: "v1",
  [`${OURS}/v1beta1`]: "v1beta1",
  "extensions/v1beta1": "v1beta1",
};
/** APIs with a kind Ingress of their own whose names are close to ours. */
const NEIGHBOURS = ["config.openshift.io", "networking.internal.knative.dev", "networking.istio.io"];

/** Tell an Ingress from another API's and from one that no API server would take. */
export function readApiVersion(apiVersion: Json | undefined): ApiVersion {
  if (typeof apiVersion !== "string")
    return wrong(apiVersion === undefined ? "has no apiVersion" : "has no usable apiVersion");
  const version = Object.hasOwn(VERSIONS, apiVersion) ? VERSIONS[apiVersion] : undefined;
  if (version !== undefined) return { kind: version };
  const group = apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";
  return isForeign(group) ? { kind: "foreign" } : wrong(`says apiVersion: ${apiVersion.slice(0, 80)}`);
}

/** A group of custom resources has a dot, and is no slip of the pen for ours. */
function isForeign(group: string): boolean {
  if (NEIGHBOURS.includes(group)) return true;
  if (!group.includes(".") || /(?:^|\.)(?:k8s|kubernetes)\.io$/.test(group)) return false;
  return group.length > 60 || slipsBetween(group, OURS) > 4;
}

function wrong(what: string): ApiVersion {
  return {
    kind: "wrong",
    finding: {
      path: ["apiVersion"],
      code: "wrong-api-version",
      level: "error",
      message: `An object of kind Ingress ${what}, and no API server has that kind there`,
      remedy: `Write apiVersion: ${OURS}/v1.`,
    },
  };
}
