import { failure, list, notFound, ok, Refusal } from "../http/answer.ts";
import type { Artifact } from "../state/repository.ts";
import { artifactView } from "../views/delivery-view.ts";
import type { Operations, RepositoryCall } from "./operation.ts";

/** Listing and downloading; uploads go another way on GitHub, so a test adds them itself. */
export const ARTIFACTS: Operations = {
  "actions/list-artifacts-for-repo": {
    needs: [["actions", "read"]],
    run: (call) => listed(call, () => true),
  },
  "actions/list-workflow-run-artifacts": {
    needs: [["actions", "read"]],
    run: (call) => listed(call, ({ runId }) => runId === call.path.run_id),
  },
  "actions/get-artifact": {
    needs: [["actions", "read"]],
    run: (call) => ok(artifactView(call.world, call.repository, artifactOf(call))),
  },
  "actions/download-artifact": { needs: [["actions", "read"]], run: download },
};

/** Where the download's redirect leads: no part of the API, and it takes no token. */
export const ARTIFACT_BYTES = "/_artifact-bytes/";

function listed(call: RepositoryCall, wanted: (artifact: Artifact) => boolean) {
  const { name } = call.query;
  const artifacts = [...call.repository.artifacts.values()]
    .filter(wanted)
    .filter((artifact) => (name ?? artifact.name) === artifact.name);
  return list(
    artifacts.toReversed().map((artifact) => artifactView(call.world, call.repository, artifact)),
    (page) => ({ total_count: artifacts.length, artifacts: page }),
  );
}

function download(call: RepositoryCall) {
  const artifact = artifactOf(call);
  if (artifact.expired) return failure(410, "Artifact has expired");
  return { status: 302, headers: { location: `${call.world.apiUrl}${ARTIFACT_BYTES}${artifact.id}` } };
}

function artifactOf(call: RepositoryCall): Artifact {
  const artifact = call.repository.artifacts.get(Number(call.path.artifact_id));
  if (artifact === undefined) throw new Refusal(notFound());
  return artifact;
}
