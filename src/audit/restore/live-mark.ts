import type { Applier, Marks } from "../../model/discovery.ts";
import { ingressKey, type LiveIngress } from "../../model/ingress.ts";
import { marksOf } from "../writers/marks-of.ts";

/** What a live object says of the GitOps object that applied it. */
export type LiveMark = Pick<Applier, "kind" | "name" | "namespace">;

/** @returns null where it bears none, or that of a copy of another object. */
export function markOf(live: LiveIngress): LiveMark | null {
  const { labels, annotations } = marksOf(live.object.metadata);
  const [application, kind, object] = (annotations["argocd.argoproj.io/tracking-id"] ?? "").split(":");
  if (application !== undefined && kind?.endsWith("/Ingress") === true && object === ingressKey(live.id))
    return { kind: "Application", ...applicationIn(application) };
  return fluxMark(labels, "Kustomization", "kustomize") ?? fluxMark(labels, "HelmRelease", "helm");
}

/** `NAMESPACE_NAME` where it lies in another namespace than Argo CD itself. */
function applicationIn(text: string): Pick<LiveMark, "name" | "namespace"> {
  const end = text.indexOf("_");
  return end === -1
    ? { name: text, namespace: null }
    : { name: text.slice(end + 1), namespace: text.slice(0, end) };
}

function fluxMark(labels: Marks, kind: LiveMark["kind"], tool: "kustomize" | "helm"): LiveMark | null {
  const name = labels[`${tool}.toolkit.fluxcd.io/name`] ?? "";
  const namespace = labels[`${tool}.toolkit.fluxcd.io/namespace`] ?? "";
  return name === "" ? null : { kind, name, namespace: namespace === "" ? null : namespace };
}
