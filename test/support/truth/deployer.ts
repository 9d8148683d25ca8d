import type { TestUser } from "../cluster/access.ts";
import { idOf } from "./branch-state.ts";
import type { ClusterLife, Intent, WriteRequest } from "./cluster-life.ts";
import { differences } from "./field-tree.ts";
import type { TrueCommit } from "./git-record.ts";
import { sameModel } from "./ingress-model.ts";
import { deployedManifest, hasTrackingId } from "./manifest.ts";

export const DEPLOYER: TestUser = "system:serviceaccount:argocd:argocd-application-controller";

const USER_AGENT = "argocd-application-controller/v3.0.0";
const AT_ONCE = 6;

export interface Deployment {
  readonly commit: TrueCommit;
  readonly namespaces: readonly string[];
  /** Apply every Ingress, those in sync too. */
  readonly everything: boolean;
}

/** What Argo CD does for a commit: server-side apply of what it declares, prune of its own that it no longer does. */
export async function deploy(life: ClusterLife, deployment: Deployment): Promise<void> {
  const { commit, namespaces } = deployment;
  const isInScope = (key: string) => namespaces.includes(idOf(key).namespace);
  const declared = [...commit.models.keys()]
    .filter(isInScope)
    .filter((key) => needsApply(life, deployment, key));
  const pruned = [...life.record.live.keys()].filter(
    (key) => isInScope(key) && !commit.models.has(key) && isToPrune(life, key),
  );
  await inTurns(declared, (key) => apply(life, commit, key));
  await inTurns(pruned, (key) =>
    life.write(key, intent(commit, key, "prune"), { method: "DELETE", options: { userAgent: USER_AGENT } }),
  );
}

/** Its own, unless it is being deleted already. */
function isToPrune(life: ClusterLife, key: string): boolean {
  return life.record.live.get(key)?.server.deletion === undefined && hasTrackingId(life.raw(key) ?? null);
}

/** Argo CD sees what Git names and what it applied before; what others added is invisible to it. */
function needsApply(life: ClusterLife, { commit, everything }: Deployment, key: string): boolean {
  const live = life.record.live.get(key);
  const model = commit.models.get(key);
  if (everything || live === undefined || model === undefined) return true;
  const last = life.record.lastDeployment(key)?.deployed?.model;
  const isVisible = differences(model, live).some(({ change }) => change !== "added");
  return isVisible || last === undefined || !sameModel(last, model) || !hasTrackingId(life.raw(key) ?? null);
}

/** Where a field that somebody else owns a part of makes the result invalid, the object is made anew (`Force=true`). */
async function apply(life: ClusterLife, commit: TrueCommit, key: string): Promise<void> {
  const model = commit.models.get(key);
  if (model === undefined) return;
  const request: WriteRequest = {
    method: "PATCH",
    body: deployedManifest(idOf(key), model),
    fieldManager: "argocd-controller",
    parameters: "&force=true",
    options: { contentType: "application/apply-patch+yaml", userAgent: USER_AGENT },
  };
  const status = await life.tryWrite(key, intent(commit, key, "apply"), request);
  // What finalizers hold cannot be made anew at once, and stays out of sync.
  const isHeld = Object.keys(life.record.live.get(key)?.finalizers ?? {}).length > 0;
  if (status === 422 && !isHeld) {
    await life.write(
      key,
      { ...intent(commit, key, "forced delete"), deployed: { commit: commit.number, model: undefined } },
      {
        method: "DELETE",
        options: { userAgent: USER_AGENT },
      },
    );
    await life.write(key, intent(commit, key, "apply"), request);
  }
}

function intent(commit: TrueCommit, key: string, via: string): Intent {
  const deployed = { commit: commit.number, model: commit.models.get(key) };
  return { user: DEPLOYER, role: "deployer", via: `${via} of commit ${commit.number}`, deployed };
}

async function inTurns<Item>(items: readonly Item[], act: (item: Item) => Promise<void>): Promise<void> {
  const rest = [...items];
  const worker = async () => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) await act(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
