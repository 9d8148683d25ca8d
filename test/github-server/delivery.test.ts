import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { GitHubServer } from "../support/github/github-server.ts";
import { plainOctokit } from "./support/octokit.ts";
import { sampleGitHub, sampleHistory } from "./support/sample-github.ts";

const shop = { owner: "acme", repo: "shop" };

describe("delivery", () => {
  let history: Awaited<ReturnType<typeof sampleHistory>>;
  let server: GitHubServer;

  beforeAll(async () => {
    history = await sampleHistory();
    server = await sampleGitHub({ gitDir: history.repository.dir });
  });
  afterAll(async () => {
    history.repository.remove();
    await server.stop();
  });

  it("keeps deployments and their statuses, newest first; a success makes the earlier one inactive", async () => {
    const octokit = plainOctokit(server);
    const deploy = async (ref: string) => {
      const { data } = await octokit.repos.createDeployment({ ...shop, ref, environment: "prod" });
      if (!("id" in data)) throw new Error("merged instead");
      await octokit.repos.createDeploymentStatus({ ...shop, deployment_id: data.id, state: "success" });
      return data;
    };
    const first = await deploy(history.sha.first);
    const second = await deploy("main");
    expect(second.sha).toBe(history.sha.merge);
    const { data } = await octokit.repos.listDeployments({ ...shop, environment: "prod" });
    expect(data.map(({ id }) => id)).toEqual([second.id, first.id]);
    const statuses = await octokit.repos.listDeploymentStatuses({ ...shop, deployment_id: first.id });
    expect(statuses.data.map(({ state }) => state)).toEqual(["inactive", "success"]);
    await expect(octokit.repos.createDeployment({ ...shop, ref: "nothing" })).rejects.toMatchObject({
      status: 422,
    });
  });

  it("takes 50 annotations of a check run a request and appends them", async () => {
    const octokit = plainOctokit(server);
    const annotations = (count: number) =>
      Array.from({ length: count }, (_, index) => ({
        path: "web.yaml",
        start_line: index + 1,
        end_line: index + 1,
        annotation_level: "warning" as const,
        message: `line ${index + 1}`,
      }));
    const output = (count: number) => ({ title: "drift", summary: "2", annotations: annotations(count) });
    const at = { ...shop, name: "ingress-audit", head_sha: history.sha.merge };
    await expect(octokit.checks.create({ ...at, output: output(51) })).rejects.toMatchObject({ status: 400 });
    expect(server.takeViolations().join()).toContain("/output/annotations must NOT have more than 50 items");
    const { data: run } = await octokit.checks.create({ ...at, status: "in_progress", output: output(50) });
    const done = await octokit.checks.update({
      ...shop,
      check_run_id: run.id,
      conclusion: "failure",
      output: output(1),
    });
    expect(done.data).toMatchObject({
      status: "completed",
      conclusion: "failure",
      output: { annotations_count: 51 },
    });
    const listed = await octokit.paginate(octokit.checks.listAnnotations, { ...shop, check_run_id: run.id });
    expect(listed).toHaveLength(51);
    const runs = await octokit.paginate(octokit.checks.listForRef, { ...shop, ref: "main" });
    expect(runs.map(({ name }) => name)).toEqual(["ingress-audit"]);
  });

  it("takes SARIF as gzip in base64 and nothing else", async () => {
    const octokit = plainOctokit(server);
    const at = { ...shop, commit_sha: history.sha.merge, ref: "refs/heads/main" };
    const sarif = { version: "2.1.0", runs: [] };
    const packed = gzipSync(JSON.stringify(sarif)).toString("base64");
    const { data } = await octokit.codeScanning.uploadSarif({ ...at, sarif: packed });
    expect(server.repository().sarifs.get(data.id ?? "")?.sarif).toEqual(sarif);
    const plain = Buffer.from(JSON.stringify(sarif)).toString("base64");
    await expect(octokit.codeScanning.uploadSarif({ ...at, sarif: plain })).rejects.toMatchObject({
      status: 400,
    });
    const status = await octokit.codeScanning.getSarif({ ...shop, sarif_id: data.id ?? "" });
    expect(status.data.processing_status).toBe("complete");
  });

  it("lists a run's artifacts and leads to their bytes", async () => {
    const octokit = plainOctokit(server);
    const { id } = server.addArtifact({
      name: "report",
      runId: 7,
      headSha: history.sha.merge,
      zip: Buffer.from("PK"),
    });
    server.addArtifact({ name: "other", runId: 8, headSha: history.sha.merge, zip: Buffer.from("PK") });
    const artifacts = await octokit.paginate(octokit.actions.listWorkflowRunArtifacts, {
      ...shop,
      run_id: 7,
    });
    expect(artifacts.map(({ name }) => name)).toEqual(["report"]);
    const { data } = await octokit.actions.downloadArtifact({
      ...shop,
      artifact_id: id,
      archive_format: "zip",
    });
    expect(Buffer.from(data as ArrayBuffer).toString()).toBe("PK");
  });
});
