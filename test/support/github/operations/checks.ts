import { created, failure, invalid, list, notFound, ok, Refusal } from "../http/answer.ts";
import { findCommit } from "../state/commits.ts";
import type { Annotation, CheckRun } from "../state/repository.ts";
import { annotationView, checkRunView } from "../views/delivery-view.ts";
import type { Operations, RepositoryCall } from "./operation.ts";

interface CheckRunBody {
  readonly name?: string;
  readonly head_sha: string;
  readonly status?: CheckRun["status"];
  readonly conclusion?: string;
  readonly started_at?: string;
  readonly completed_at?: string;
  readonly external_id?: string;
  readonly details_url?: string;
  readonly output?: {
    readonly title?: string;
    readonly summary: string;
    readonly text?: string;
    readonly annotations?: readonly Annotation[];
  };
}

const LONGEST_TEXT = 65_535;

export const CHECKS: Operations = {
  "checks/create": { needs: [["checks", "write"]], run: createRun },
  "checks/get": {
    needs: [["checks", "read"]],
    run: (call) => ok(checkRunView(call.world, call.repository, runOf(call))),
  },
  "checks/update": { needs: [["checks", "write"]], run: updateRun },
  "checks/list-annotations": {
    needs: [["checks", "read"]],
    run: (call) => {
      const run = runOf(call);
      return list(
        run.annotations.map((annotation) => annotationView(call.world, call.repository, run, annotation)),
      );
    },
  },
  "checks/list-for-ref": { needs: [["checks", "read"]], run: listForRef },
};

async function createRun(call: RepositoryCall) {
  const body = call.body as CheckRunBody;
  const commit = await findCommit(call.repository, body.head_sha);
  if (commit === null) return failure(422, `No commit found for SHA: ${body.head_sha}`);
  const run: CheckRun = {
    id: call.world.nextId(),
    headSha: commit.sha,
    name: body.name ?? "",
    status: "queued",
    conclusion: null,
    startedAt: body.started_at ?? call.world.now(),
    completedAt: null,
    externalId: "",
    detailsUrl: null,
    title: null,
    summary: null,
    text: null,
    annotations: [],
  };
  apply(call, run, body);
  call.repository.checkRuns.set(run.id, run);
  return created(checkRunView(call.world, call.repository, run));
}

function updateRun(call: RepositoryCall) {
  const run = runOf(call);
  apply(call, run, call.body as CheckRunBody);
  return ok(checkRunView(call.world, call.repository, run));
}

/** The output's texts are replaced; its annotations are added to those of earlier requests. */
function apply(call: RepositoryCall, run: CheckRun, body: CheckRunBody): void {
  checkOutput(body.output);
  run.name = body.name ?? run.name;
  run.externalId = body.external_id ?? run.externalId;
  run.detailsUrl = body.details_url ?? run.detailsUrl;
  run.status = body.conclusion === undefined ? (body.status ?? run.status) : "completed";
  run.conclusion = body.conclusion ?? run.conclusion;
  if (run.status === "completed") run.completedAt = body.completed_at ?? call.world.now();
  if (body.output === undefined) return;
  run.title = body.output.title ?? run.title;
  run.summary = body.output.summary;
  run.text = body.output.text ?? null;
  run.annotations.push(...(body.output.annotations ?? []));
}

/** That there are 50 annotations at most is in the description itself. */
function checkOutput(output: CheckRunBody["output"]): void {
  for (const field of ["summary", "text"] as const) {
    if ([...(output?.[field] ?? "")].length > LONGEST_TEXT)
      refuse(field, `${field} exceeds a maximum bytesize of 65535`);
  }
}

function refuse(field: string, message: string): never {
  throw new Refusal(invalid({ resource: "CheckRun", field, code: "custom", message }));
}

async function listForRef(call: RepositoryCall) {
  const { world, repository } = call;
  const { check_name: name, status } = call.query;
  const commit = await findCommit(repository, String(call.path.ref));
  if (commit === null) return failure(422, `No commit found for SHA: ${String(call.path.ref)}`);
  const runs = [...repository.checkRuns.values()]
    .filter((run) => run.headSha === commit.sha)
    .filter((run) => (name ?? run.name) === run.name && (status ?? run.status) === run.status);
  return list(
    runs.toReversed().map((run) => checkRunView(world, repository, run)),
    (page) => ({ total_count: runs.length, check_runs: page }),
  );
}

function runOf(call: RepositoryCall): CheckRun {
  const run = call.repository.checkRuns.get(Number(call.path.check_run_id));
  if (run === undefined) throw new Refusal(notFound());
  return run;
}
