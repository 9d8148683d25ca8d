import { isJsonObject } from "../../../src/model/json.ts";
import type { TestUser } from "../cluster/access.ts";
import { idOf } from "./branch-state.ts";
import type { ClusterLife, Intent } from "./cluster-life.ts";
import { freshModel } from "./fresh-model.ts";
import { rawRequest } from "./hand-writes.ts";
import { withValue } from "./ingress-model.ts";
import { manifest, modelOf } from "./manifest.ts";
import type { FreshName } from "./model-edits.ts";
import type { Random } from "./random.ts";

export const CERTIFICATE_CONTROLLER: TestUser = "system:serviceaccount:cert-manager:cert-manager";
export const CHALLENGE = "/.well-known/acme-challenge/";

const USER_AGENT = "cert-manager-challenges/v1.14.4 (linux/amd64) cert-manager/abcdef";
const INTENT: Intent = { user: CERTIFICATE_CONTROLLER, role: "controller", via: "challenge" };

export const SOLVER = "cm-acme-http-solver-";

/** cert-manager's ordinary way: a temporary Ingress of its own, which it takes away when the challenge is done. */
export async function solveChallenge(random: Random, fresh: FreshName, life: ClusterLife): Promise<void> {
  const solvers = life.record.liveKeys().filter((key) => key.includes(SOLVER));
  const [done] = solvers;
  if (done !== undefined && random.chance(0.4)) {
    return await life.write(done, INTENT, { method: "DELETE", options: { userAgent: USER_AGENT } });
  }
  const { namespace } = idOf(random.pick(life.record.liveKeys()));
  const key = `${namespace}/${fresh(SOLVER)}`;
  const model = withValue(freshModel(random, fresh), ["annotations"], {});
  const object = manifest(idOf(key), model);
  const owner = {
    apiVersion: "acme.cert-manager.io/v1",
    kind: "Challenge",
    name: fresh("challenge"),
    uid: fresh("uid"),
  };
  const metadata = { ...(isJsonObject(object.metadata) ? object.metadata : {}), ownerReferences: [owner] };
  await life.write(key, INTENT, {
    method: "POST",
    body: { ...object, metadata },
    options: { userAgent: USER_AGENT },
  });
}

/** cert-manager with `http01-edit-in-place`: it adds a path for a challenge, and takes it away when it is done. */
export async function workOnChallenges(random: Random, fresh: FreshName, life: ClusterLife): Promise<void> {
  const key = random.pick(life.record.liveKeys());
  const live = life.raw(key);
  const model = life.record.live.get(key);
  if (live === undefined || model === undefined) return;
  const challenges = Object.entries(model.rules).flatMap(([host, paths]) =>
    Object.keys(paths)
      .filter((path) => path.includes(CHALLENGE))
      .map((path) => ["rules", host, path]),
  );
  const host = random.pick(Object.keys(model.rules));
  const [place, value] =
    challenges.length > 0
      ? [random.pick(challenges), undefined]
      : [
          ["rules", host, `ImplementationSpecific ${CHALLENGE}${fresh("token")}`],
          { service: fresh("cm-acme-http-solver"), port: "8089" },
        ];
  const next = withValue(model, place, value);
  if (Object.keys(next.rules[place[1] ?? ""] ?? {}).length === 0) return;
  const request = rawRequest("json", live, manifest(idOf(key), modelOf(live)), manifest(idOf(key), next));
  const { fieldManager: _, ...plain } = request;
  await life.write(key, INTENT, { ...plain, options: { ...request.options, userAgent: USER_AGENT } });
}
