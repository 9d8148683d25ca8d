import { describe, expect, it } from "vitest";
import { sampleGitHub, sampleHistory } from "../../github-server/support/sample-github.ts";
import type { Answer } from "../../support/github/http/answer.ts";
import { forgeAt, signal } from "./support/forge.ts";

const LABEL = "drift";
const issue = { title: "web", body: "drift", labels: [LABEL], assignees: [] };
const LIST = { operation: "issues/list-for-repo" };

/** What the tracker says where its list is answered so. */
async function errorOf(
  answer: Answer,
): Promise<{ readonly code: string; readonly what: string; readonly mend: string }> {
  await using server = await sampleGitHub();
  const { issues } = await forgeAt(server);
  server.faults.add(LIST, { before: () => answer });
  return await issues.listOwn(LABEL, signal).then(
    () => {
      throw new Error("It must fail");
    },
    (error) => error,
  );
}

const refused = (status: number, message: string, headers = {}): Answer => ({
  status,
  body: { message, documentation_url: "https://docs.github.com/rest" },
  headers,
});

describe("a token without the permission", () => {
  it("is told the line that the workflow lacks, as GitHub itself names it", async () => {
    const history = await sampleHistory();
    using _ = history.repository;
    await using server = await sampleGitHub({ gitDir: history.repository.dir });
    const pull = await server.addPull({ title: "change web", author: "bob", head: "feature" });
    const forge = await forgeAt(server, { token: server.tokens.fork });
    const error = { code: "forge-forbidden", where: { repository: "acme/shop" } };
    await expect(forge.issues.create(issue, signal)).rejects.toMatchObject({
      ...error,
      what: "Cannot open an issue (HTTP 403): Resource not accessible by integration",
      mend: "Give the token `issues: write`; in a workflow that is a line of the job's `permissions:`.",
    });
    await expect(forge.thread(pull.number).create("drift", signal)).rejects.toMatchObject({
      ...error,
      mend: "Give the token `pull-requests: write` or `issues: write`; in a workflow that is a line of the job's `permissions:`.",
    });
    const outcome = { commit: history.sha.first, environment: "prod", description: "", logUrl: null };
    await expect(forge.deployments.record({ ...outcome, state: "success" }, signal)).rejects.toMatchObject({
      ...error,
      mend: expect.stringContaining("`deployments: write`"),
    });
  });

  it("is told the operation's own need where GitHub does not say", async () => {
    const { mend } = await errorOf(refused(403, "Resource not accessible by personal access token"));
    expect(mend).toContain("`issues: read`");
  });

  it("is not sent for permissions where an archived repository or a locked issue refuses", async () => {
    const headers = { "x-accepted-github-permissions": "issues=write" };
    const error = await errorOf(refused(403, "Repository was archived so is read-only.", headers));
    expect(error).toMatchObject({
      code: "forge-forbidden",
      what: "Cannot list the drift issues (HTTP 403): Repository was archived so is read-only",
      mend: "Mend what GitHub names in its answer.",
    });
  });

  it("that does not exist is not accepted", async () => {
    await using server = await sampleGitHub();
    const { viewer } = await forgeAt(server, { token: "ghs_gone" });
    await expect(viewer(signal)).rejects.toMatchObject({ code: "forge-unauthorized" });
  });

  it("that may not see the repository hears that it is not found", async () => {
    await using server = await sampleGitHub({ private: true });
    const token = server.token("carol", { issues: "write" }, ["acme/other"]);
    const { issues } = await forgeAt(server, { token });
    await expect(issues.listOwn(LABEL, signal)).rejects.toMatchObject({
      code: "forge-not-found",
      mend: expect.stringContaining("exists at https://github.com/acme/shop"),
    });
  });
});

describe("an answer that is none", () => {
  it.each<[string, Answer]>([
    ["a login page", page("<html>Sign in</html>")],
    ["a text", { status: 200, bytes: { type: "application/json", content: Buffer.from("[{") } }],
    ["an object for a list", { status: 200, body: { issues: [] } }],
    ["nothing", { status: 200 }],
    ["an issue without a number", { status: 200, body: [{ title: "web" }] }],
  ])("%s is told, and is not taken for an empty list", async (_, answer) => {
    expect(await errorOf(answer)).toMatchObject({
      code: "forge-answer",
      what: expect.stringMatching(
        /^Cannot list the drift issues: 127\.0\.0\.1:\d+ answered with something else/,
      ),
    });
  });

  it("a body that breaks off is read again", async () => {
    await using server = await sampleGitHub();
    const { issues } = await forgeAt(server);
    const created = await issues.create(issue, signal);
    server.faults.add(LIST, { drop: "amid" });
    expect(await issues.listOwn(LABEL, signal)).toEqual([created]);
  });
});

describe("what a message shows", () => {
  it("is no control character and no more than a few lines of GitHub's words", async () => {
    const { what } = await errorOf(refused(422, `bad\n::error::\u001b[31m${"x".repeat(1000)}`));
    expect(what).toBe(`Cannot list the drift issues (HTTP 422): bad ::error:: [31m${"x".repeat(282)}`);
  });

  it("is never the token, even where a proxy sends it back", async () => {
    await using server = await sampleGitHub();
    const { issues } = await forgeAt(server);
    const echo = `Unknown Authorization: token ${server.tokens.actions}, ghs_ofTheApp1, github_pat_11A_b`;
    server.faults.add(LIST, { before: () => refused(400, echo) });
    const error = await issues.listOwn(LABEL, signal).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: "forge-refused", cause: undefined });
    expect(JSON.stringify(error)).not.toContain(server.tokens.actions);
    expect(String(error)).toContain("token ***, ***, ***");
  });

  it("tells that issues are switched off", async () => {
    await using server = await sampleGitHub({ hasIssues: false });
    const { issues } = await forgeAt(server);
    await expect(issues.create(issue, signal)).rejects.toMatchObject({
      code: "forge-refused",
      what: "Cannot open an issue (HTTP 410): Issues are disabled for this repo",
    });
  });
});

function page(html: string): Answer {
  return { status: 200, bytes: { type: "text/html", content: Buffer.from(html) } };
}
