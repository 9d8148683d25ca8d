import { adoptionSteps } from "../../compare/adoption-edits.ts";
import type { Command } from "../../model/command.ts";
import type { Applier } from "../../model/discovery.ts";
import type { Divergence } from "../../model/divergence.ts";
import { type IngressId, type IngressObject, ingressKey } from "../../model/ingress.ts";
import { isJsonObject, type Json } from "../../model/json.ts";
import type { ValueEdit } from "../../model/value-edit.ts";
import { declarable } from "../adopt/new-manifest.ts";
import { jsonPatchOf } from "./json-patch-of.ts";

/** How the cluster is reached, as kubectl and flux take it. */
export interface ClusterAccess {
  readonly context: string | null;
  readonly kubeconfig: string | null;
}

export interface ToRestore {
  readonly id: IngressId;
  readonly desired: IngressObject | null;
  readonly live: IngressObject | null;
  readonly chosen: readonly Divergence[];
}

/** By its full name: other APIs have ingresses too. */
const RESOURCE = "ingresses.v1.networking.k8s.io";

/** kubectl's commands that give the chosen fields Git's values, and change nothing else. */
export function kubectlCommands(restore: ToRestore, access: ClusterAccess): readonly Command[] {
  const { id, desired, live, chosen } = restore;
  const kubectl = ["kubectl", ...accessFlags(access), "-n", id.namespace];
  if (live === null) {
    const manifest = `${asciiJson(declarable(withNamespace(desired ?? {}, id)), 2)}\n`;
    return [{ argv: [...kubectl, "create", "-f", "-"], stdin: manifest }];
  }
  if (desired === null) return [{ argv: [...kubectl, "delete", RESOURCE, id.name], stdin: null }];
  const annotations = annotationArguments(chosen);
  if (annotations !== null) {
    return [
      { argv: [...kubectl, "annotate", RESOURCE, id.name, "--overwrite", ...annotations], stdin: null },
    ];
  }
  const edits = restoringEdits(desired, live, chosen);
  const patch = asciiJson(jsonPatchOf(live, edits));
  return [{ argv: [...kubectl, "patch", RESOURCE, id.name, "--type=json", `--patch=${patch}`], stdin: null }];
}

/** What the live object needs to have Git's values: adopting, the other way round. */
function restoringEdits(
  desired: IngressObject,
  live: IngressObject,
  chosen: readonly Divergence[],
): readonly ValueEdit[] {
  const opposite = {
    added: "removed",
    removed: "added",
    changed: "changed",
    reordered: "reordered",
  } as const;
  const reversed = chosen.map(({ field, change, desired, live }): Divergence => {
    return { field, change: opposite[change], desired: live, live: desired };
  });
  return adoptionSteps(live, desired, reversed).flatMap(({ edits }) => edits);
}

/**
 * The command that has the GitOps tool apply the Ingress again.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/commands/argocd_app_sync/
 * @see https://fluxcd.io/flux/cmd/flux_reconcile_helmrelease/ Without `--force` nothing happens where chart and values
 *   are those of the last release, whatever the cluster holds.
 */
export function gitOpsCommand(applier: Applier, id: IngressId, access: ClusterAccess): Command {
  switch (applier.kind) {
    case "Application": {
      const resource = `networking.k8s.io:Ingress:${ingressKey(id)}`;
      return { argv: ["argocd", "app", "sync", applierName(applier), "--resource", resource], stdin: null };
    }
    case "Kustomization":
      return { argv: [...reconcile("kustomization", applier, access), "--with-source"], stdin: null };
    case "HelmRelease":
      return {
        argv: [...reconcile("helmrelease", applier, access), "--with-source", "--force"],
        stdin: null,
      };
    default:
      return applier.kind satisfies never;
  }
}

/** `argocd/shop`; the name alone where no namespace is known. */
export function applierName({ name, namespace }: Pick<Applier, "name" | "namespace">): string {
  return namespace === null ? name : `${namespace}/${name}`;
}

/** In the namespace that flux takes where none is named: flux-system. */
function reconcile(
  kind: string,
  { name, namespace, isRemote }: Applier,
  access: ClusterAccess,
): readonly string[] {
  // How the cluster that Flux runs in is reached is not known here.
  const reached = isRemote ? [] : accessFlags(access);
  return [
    "flux",
    "reconcile",
    kind,
    name,
    ...reached,
    ...(namespace === null ? [] : ["--namespace", namespace]),
  ];
}

function accessFlags({ context, kubeconfig }: ClusterAccess): readonly string[] {
  return [
    ...(kubeconfig === null ? [] : [`--kubeconfig=${kubeconfig}`]),
    ...(context === null ? [] : [`--context=${context}`]),
  ];
}

/** Plain annotations alone are what `kubectl annotate` is for; null where something else is to change. */
function annotationArguments(chosen: readonly Divergence[]): readonly string[] | null {
  const found = chosen.map(({ field, desired }) => {
    const key = /^\["([\w./-]+)"\]$/.exec(field[2] ?? "")?.[1];
    const isAnnotation = field[0] === "metadata" && field[1] === "annotations" && field.length === 3;
    if (!isAnnotation || key === undefined) return null;
    if (desired === undefined) return `${key}-`;
    return typeof desired === "string" && /^[\x20-\x7e]*$/.test(desired) ? `${key}=${desired}` : null;
  });
  return found.some((each) => each === null) ? null : found.flatMap((each) => each ?? []);
}

function withNamespace(object: IngressObject, { namespace }: IngressId): IngressObject {
  const metadata = isJsonObject(object.metadata) ? object.metadata : {};
  return { ...object, metadata: { ...metadata, namespace } };
}

/** Nothing in it that a terminal would take for something else when it is pasted. */
function asciiJson(value: Json, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(
    /[\x7f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
