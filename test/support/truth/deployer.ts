import type { JsonObject } from "../../../src/model/json.ts";
import { idOf } from "./branch-state.ts";
import { clientSideApply } from "./client-side-apply.ts";
import type { ClusterLife, Intent, WriteRequest } from "./cluster-life.ts";
import { differences } from "./field-tree.ts";
import type { TrueCommit } from "./git-record.ts";
import { sameModel } from "./ingress-model.ts";
import { deployedManifest, hasTrackingId, manifest } from "./manifest.ts";
import type { Pipeline } from "./pipelines.ts";

const AT_ONCE = 6;

export interface Deployment {
  readonly commit: TrueCommit;
  readonly namespaces: readonly string[];
  /** Apply every Ingress, those in sync too. */
  readonly everything: boolean;
  readonly by: Pipeline;
}

/** What a GitOps tool does for a commit: apply what it declares, prune its own that it no longer does. */
export async function deploy(life: ClusterLife, deployment: Deployment): Promise<void> {
  const { commit, namespaces } = deployment;
  const isInScope = (key: string) => namespaces.includes(idOf(key).namespace);
  const declared = [...commit.models.keys()]
    .filter(isInScope)
    .filter((key) => needsApply(life, deployment, key));
  const pruned = [...life.record.live.keys()].filter(
    (key) => isInScope(key) && !commit.models.has(key) && isToPrune(life, deployment, key),
  );
  await inTurns(declared, (key) => apply(life, deployment, key));
  await inTurns(pruned, (key) =>
    life.write(key, intent(deployment, key, "prune"), {
      method: "DELETE",
      options: { userAgent: deployment.by.userAgent },
    }),
  );
}

/** Its own, unless it is being deleted already. */
function isToPrune(life: ClusterLife, { by }: Deployment, key: string): boolean {
  return by.prunes && life.record.live.get(key)?.server.deletion === undefined && isOwn(life, by, key);
}

function isOwn(life: ClusterLife, { marks, user }: Pipeline, key: string): boolean {
  return marks ? hasTrackingId(life.raw(key) ?? null) : life.record.hasDeployed(key, user);
}

/** It sees what Git names and what it applied before; what others added is invisible to it. */
function needsApply(life: ClusterLife, { by, commit, everything }: Deployment, key: string): boolean {
  const live = life.record.live.get(key);
  const model = commit.models.get(key);
  if (everything || live === undefined || model === undefined) return true;
  const last = life.record.lastDeployment(key, by.user)?.deployed?.model;
  const isVisible = differences(model, live).some(({ change }) => change !== "added");
  return isVisible || last === undefined || !sameModel(last, model) || !isOwn(life, by, key);
}

/** Where a field that somebody else owns a part of makes the result invalid, the object is made anew (`Force=true`). */
async function apply(life: ClusterLife, deployment: Deployment, key: string): Promise<void> {
  const { by, commit } = deployment;
  const model = commit.models.get(key);
  if (model === undefined) return;
  const declared = by.marks ? deployedManifest(idOf(key), model) : manifest(idOf(key), model);
  const request = requestOf(by, declared, life.raw(key));
  if (request === null) return;
  const status = await life.tryWrite(key, intent(deployment, key, "apply"), request);
  // What finalizers hold cannot be made anew at once, and stays out of sync.
  const isHeld = Object.keys(life.record.live.get(key)?.finalizers ?? {}).length > 0;
  if (status === 422 && !isHeld) {
    await life.write(
      key,
      { ...intent(deployment, key, "forced delete"), deployed: { commit: commit.number, model: undefined } },
      {
        method: "DELETE",
        options: { userAgent: by.userAgent },
      },
    );
    await life.write(key, intent(deployment, key, "apply"), requestOf(by, declared, undefined) ?? request);
  }
}

/** @returns null where the tool sends nothing, because nothing would change. */
function requestOf(
  { fieldManager, userAgent, way }: Pipeline,
  declared: JsonObject,
  live: JsonObject | undefined,
): WriteRequest | null {
  switch (way) {
    case "server-side apply":
      return {
        method: "PATCH",
        body: declared,
        fieldManager,
        parameters: "&force=true",
        options: { contentType: "application/apply-patch+yaml", userAgent },
      };
    case "kubectl apply":
      return clientSideApply(declared, live);
    case "kubectl replace":
      return {
        method: live === undefined ? "POST" : "PUT",
        body: declared,
        fieldManager: live === undefined ? "kubectl-create" : "kubectl-replace",
      };
    default:
      return way satisfies never;
  }
}

function intent({ by, commit }: Deployment, key: string, via: string): Intent {
  const deployed = { commit: commit.number, model: commit.models.get(key) };
  return { user: by.user, role: "deployer", via: `${via} of commit ${commit.number}`, deployed };
}

async function inTurns<Item>(items: readonly Item[], act: (item: Item) => Promise<void>): Promise<void> {
  const rest = [...items];
  const worker = async () => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) await act(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
