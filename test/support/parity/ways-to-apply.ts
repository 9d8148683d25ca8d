import type { JsonObject } from "../../../src/model/json.ts";
import type { TestUser } from "../cluster/access.ts";
import type { TestCluster } from "../cluster/test-cluster.ts";
import type { CorpusFolder } from "./corpus-folder.ts";
import { somethingElse } from "./something-else.ts";
import {
  helmMarks,
  instanceLabel,
  kustomizationLabels,
  type Marking,
  marked,
  releaseLabels,
  trackingId,
} from "./tool-marks.ts";
import { writeStatus } from "./write-status.ts";

/** One way in which a manifest reaches the cluster unchanged. */
export interface WayToApply {
  /** Good for a namespace's name. */
  readonly name: string;
  readonly steps: readonly Step[];
  /** It takes only what server-side apply takes. */
  readonly isServerSide?: true;
}

type Step = (cluster: TestCluster, corpus: CorpusFolder) => Promise<unknown>;

const ARGO_CD: TestUser = "system:serviceaccount:argocd:argocd-application-controller";
const FLUX: TestUser = "system:serviceaccount:flux-system:kustomize-controller";
const apply = ["apply"];
const serverSide = ["apply", "--server-side"];
const argoCd = "--field-manager=argocd-controller";
const kustomize = "--field-manager=kustomize-controller";
const helm = "--field-manager=helm-controller";

export const WAYS_TO_APPLY: readonly WayToApply[] = [
  { name: "apply", steps: [files(apply)] },
  { name: "apply-twice", steps: [files(apply), files(apply)] },
  { name: "apply-over-another", steps: [another(apply), files(apply)] },
  { name: "server-side", steps: [files(serverSide)], isServerSide: true },
  { name: "server-side-twice", steps: [files(serverSide), files(serverSide)], isServerSide: true },
  { name: "server-side-over-another", steps: [another(serverSide), files(serverSide)], isServerSide: true },
  {
    name: "apply-then-server-side",
    steps: [files(apply), files([...serverSide, "--force-conflicts"])],
    isServerSide: true,
  },
  { name: "create", steps: [files(["create"])] },
  { name: "create-save-config", steps: [files(["create", "--save-config"])] },
  { name: "create-then-apply", steps: [files(["create"]), files(apply)] },
  { name: "replace", steps: [another(["create"]), files(["replace"])] },
  { name: "with-status", steps: [files(apply), writeStatus] },
  {
    name: "argocd-annotation",
    steps: [byTool(ARGO_CD, [...serverSide, argoCd], trackingId)],
    isServerSide: true,
  },
  { name: "argocd-label", steps: [byTool(ARGO_CD, [...apply, argoCd], instanceLabel)] },
  {
    name: "flux-kustomization",
    steps: [byTool(FLUX, [...serverSide, kustomize], kustomizationLabels)],
    isServerSide: true,
  },
  {
    name: "flux-helm-release",
    steps: [byTool(FLUX, [...serverSide, helm], releaseLabels)],
    isServerSide: true,
  },
  { name: "helm", steps: [byTool("ci-deployer", ["create", "--field-manager=helm"], helmMarks)] },
];

/** The files as they are. */
function files(command: readonly string[]): Step {
  return async (cluster, { folder, namespace }) =>
    await cluster.kubectl("admin", [...command, "-f", folder, "-n", namespace]);
}

/** Other Ingresses of the same names, before. */
function another(command: readonly string[]): Step {
  return async (cluster, { ingresses, others, namespace }) =>
    await cluster.kubectl("admin", [...command, "-f", "-", "-n", namespace], {
      stdin: documents([...ingresses.map(somethingElse), ...others]),
    });
}

/** What kubectl reads in the files, with a tool's marks added as that tool. */
function byTool(user: TestUser, command: readonly string[], marking: Marking): Step {
  return async (cluster, { ingresses, namespace }) =>
    await cluster.kubectl(user, [...command, "-f", "-", "-n", namespace], {
      stdin: documents(ingresses.map((object) => marked(object, marking))),
    });
}

/** Not a List, whose items kubectl checks more strictly. */
function documents(objects: readonly JsonObject[]): string {
  return objects.map((object) => JSON.stringify(object)).join("\n");
}
