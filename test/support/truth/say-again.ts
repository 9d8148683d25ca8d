import { idOf } from "./branch-state.ts";
import type { ClusterLife, Intent } from "./cluster-life.ts";
import { changeByHand, markRequest, rawRequest } from "./hand-writes.ts";
import { manifest, modelOf } from "./manifest.ts";

/** Ways to write what is there already. */
export const SAME_WAYS = {
  kubectlEdit: 2,
  kubectlApply: 2,
  kubectlApplyServerSide: 2,
  apply: 3,
  replace: 3,
  patchSpec: 4,
  annotate: 3,
};
export type SameWay = keyof typeof SAME_WAYS;

/** Somebody saves an editor without a change, or applies what they have just read: every value stays as it was. */
export async function sayAgain(
  life: ClusterLife,
  key: string,
  way: SameWay,
  who: Omit<Intent, "via">,
): Promise<void> {
  const raw = life.raw(key);
  const live = life.record.live.get(key);
  if (raw === undefined || live === undefined || live.server.deletion !== undefined) return;
  const intent: Intent = { ...who, via: `${way} of what is there` };
  const { name } = idOf(key);
  switch (way) {
    case "kubectlEdit":
      return await life.kubectl(key, intent, ["edit", "ingress", name], { env: { KUBE_EDITOR: "true" } });
    case "kubectlApply":
    case "kubectlApplyServerSide":
    case "apply":
    case "replace":
      return await changeByHand(life, key, live, way, who, intent.via);
    case "patchSpec": {
      const body = { spec: manifest(idOf(key), modelOf(raw)).spec ?? null };
      const { options = {} } = rawRequest("merge", raw, {}, {});
      return await life.write(key, intent, { method: "PATCH", body, fieldManager: "kubectl-patch", options });
    }
    case "annotate": {
      const [mark] = Object.entries(live.annotations);
      if (mark === undefined) return;
      return await life.write(key, intent, markRequest("annotate", ...mark));
    }
    default:
      return way satisfies never;
  }
}
