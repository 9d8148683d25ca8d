import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { DeploymentOutcome } from "../../../src/ports/deployments.ts";
import { sampleGitHub, sampleHistory } from "../../github-server/support/sample-github.ts";
import type { GitHubServer } from "../../support/github/github-server.ts";
import { forgeAt, signal } from "./support/forge.ts";

describe("the record of deployments", () => {
  let history: Awaited<ReturnType<typeof sampleHistory>>;
  let server: GitHubServer;
  const outcome = (commit: string, state: DeploymentOutcome["state"]): DeploymentOutcome => ({
    commit,
    environment: "prod",
    state,
    description: "The cluster agrees",
    logUrl: "https://github.com/acme/shop/actions/runs/7",
  });

  beforeAll(async () => {
    history = await sampleHistory();
  });
  beforeEach(async () => {
    server = await sampleGitHub({ gitDir: history.repository.dir });
    return () => server.stop();
  });
  afterAll(() => history.repository.remove());

  it("tells the commit that the newest success deployed, for one environment", async () => {
    const { deployments } = await forgeAt(server);
    const { first, second } = history.sha;
    expect(await deployments.latestCommit("prod", signal)).toBeNull();
    await deployments.record(outcome(first, "success"), signal);
    await deployments.record({ ...outcome(second, "success"), environment: "stage" }, signal);
    expect(await deployments.latestCommit("prod", signal)).toBe(first);
    await deployments.record(outcome(second, "success"), signal);
    expect(await deployments.latestCommit("prod", signal)).toBe(second);
  });

  it.each(["in_progress", "failure"] as const)(
    "tells nothing where a later one is %s, as it may have been applied in part",
    async (state) => {
      const { deployments } = await forgeAt(server);
      await deployments.record(outcome(history.sha.first, "success"), signal);
      await deployments.record(outcome(history.sha.second, state), signal);
      expect(await deployments.latestCommit("prod", signal)).toBeNull();
    },
  );

  it("adds to the deployment of the same commit, and cuts the description at 140 characters", async () => {
    const { deployments } = await forgeAt(server);
    const running = await deployments.record(outcome(history.sha.first, "in_progress"), signal);
    const description = "😀".repeat(141);
    const ended = await deployments.record({ ...outcome(history.sha.first, "success"), description }, signal);
    expect(ended).toBe(running);
    const [deployment] = [...server.repository().deployments.values()];
    expect(deployment?.statuses.map(({ state, description: told }) => [state, told])).toEqual([
      ["in_progress", "The cluster agrees"],
      ["success", `${"😀".repeat(139)}…`],
    ]);
  });

  it("is made once where the answer was lost", async () => {
    const { deployments } = await forgeAt(server);
    server.faults.add({ operation: "repos/create-deployment" }, { drop: "after" });
    server.faults.add({ operation: "repos/create-deployment-status" }, { drop: "after" });
    await deployments.record(outcome(history.sha.first, "success"), signal);
    const made = [...server.repository().deployments.values()];
    expect(made.map(({ statuses }) => statuses.length)).toEqual([1]);
  });
});
