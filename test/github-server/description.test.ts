import { describe, expect, it } from "vitest";
import { describeProduct } from "../support/github/description/description.ts";
import { ACCOUNT } from "../support/github/operations/account.ts";
import { REPOSITORY_OPERATIONS } from "../support/github/operations/repositories.ts";
import { plainOctokit } from "./support/octokit.ts";
import { sampleGitHub } from "./support/sample-github.ts";

const shop = { owner: "acme", repo: "shop" };

describe("what GitHub's description does not allow", () => {
  it("fails the test when the server stops", async () => {
    const server = await sampleGitHub();
    await expect(plainOctokit(server).request("GET /repos/acme/shop/isues")).rejects.toThrow(
      "no such operation",
    );
    await expect(server.stop()).rejects.toThrow(
      "GET /repos/acme/shop/isues: GitHub's description has no such operation",
    );
  });

  it.each<[string, string, Record<string, unknown>, string]>([
    ["a path that does not exist", "GET /repos/acme/shop/nothing", {}, "no such operation"],
    [
      "a parameter that does not exist",
      "GET /repos/acme/shop/issues",
      { label: "x" },
      "parameter label does not exist",
    ],
    ["a wrong value of a parameter", "GET /repos/acme/shop/issues", { state: "opened" }, "parameter state"],
    ["a wrong type of a parameter", "GET /repos/acme/shop/issues", { page: "two" }, "parameter page"],
    ["a missing parameter", "GET /search/issues", {}, "parameter q is missing"],
    ["a missing property", "POST /repos/acme/shop/issues", { body: "x" }, "required property 'title'"],
    ["a missing body", "POST /repos/acme/shop/issues", {}, "the body is missing"],
    [
      "a wrong type in the body",
      "POST /repos/acme/shop/issues",
      { title: "x", labels: "drift" },
      "/labels must be array",
    ],
    [
      "a property that does not exist",
      "POST /repos/acme/shop/issues",
      { title: "x", label: "y" },
      "/label is no property",
    ],
    ["a wrong value in the body", "PATCH /repos/acme/shop/issues/1", { state: "done" }, "/state"],
    ["a body where there is none", "DELETE /repos/acme/shop/issues/comments/1", { body: "x" }, "no body"],
    [
      "an operation that is not served",
      "GET /repos/acme/shop/topics",
      {},
      "does not know repos/get-all-topics",
    ],
  ])("%s", async (_, route, parameters, message) => {
    await using server = await sampleGitHub();
    await expect(plainOctokit(server).request(route, parameters)).rejects.toMatchObject({ status: 400 });
    const violations = server.takeViolations();
    expect(violations).toHaveLength(1);
    expect(violations[0]).toContain(message);
  });

  it("is found in an answer of the server itself", async () => {
    await using server = await sampleGitHub();
    const octokit = plainOctokit(server);
    const { data } = await octokit.issues.create({ ...shop, title: "one" });
    Object.assign(server.issues()[0] ?? {}, { createdAt: "yesterday" });
    await expect(octokit.issues.get({ ...shop, issue_number: data.number })).rejects.toMatchObject({
      status: 400,
    });
    expect(server.takeViolations()[0]).toMatch(
      /the answer 200 is wrong: \/created_at must match format "date-time"/,
    );
  });

  it("takes null where the description says nullable, and only there", async () => {
    await using server = await sampleGitHub();
    const octokit = plainOctokit(server);
    await octokit.request("POST /repos/acme/shop/issues", { title: "one", assignee: null });
    await octokit.request("PATCH /repos/acme/shop/issues/1", { body: null, state_reason: null });
    expect(server.issues()[0]).toMatchObject({ body: null, state: "open" });
    await expect(octokit.request("PATCH /repos/acme/shop/issues/1", { state: null })).rejects.toThrow(
      "/state",
    );
    expect(server.takeViolations()).toHaveLength(1);
  });

  it.each(["api.github.com", "ghes-3.19"] as const)("has every operation that is served (%s)", (product) => {
    const served = [...Object.keys(ACCOUNT), ...Object.keys(REPOSITORY_OPERATIONS)];
    expect(served.length).toBeGreaterThan(40);
    expect(served.filter((id) => !describeProduct(product).has(id))).toEqual([]);
  });
});
