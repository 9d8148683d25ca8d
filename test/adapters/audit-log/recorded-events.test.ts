import { readdir } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { readFiles } from "./support/audit-events.ts";

const folder = path.resolve(import.meta.dirname, "../../../fixtures/audit-events");

/** verb, object, user, what is left. */
async function recorded(kind: string): Promise<string[]> {
  const { problems, writes } = await readFiles(folder, `${kind}.jsonl`);
  expect(problems).toEqual([]);
  return writes.map(({ after, id, isApply, user, verb }) => {
    const left = after === null ? "gone" : after === undefined ? "unknown" : "there";
    return `${isApply ? "apply " : ""}${verb} ${id.name} ${user.split(/[@:]/).at(user.includes("@") ? 0 : -1)} ${left}`;
  });
}

describe("events that a real API server logged", () => {
  test.each([
    ["create", ["create web alice there"]],
    ["delete", ["create web alice there", "delete web alice gone"]],
    ["delete-with-finalizer", ["create web alice there", "delete web bob there", "patch web carol gone"]],
    ["dry-run", ["create web alice there"]],
    ["kubectl-diff", ["create web alice there"]],
    ["failed", ["create web alice there"]],
    ["refused", ["create web alice there"]],
    ["kubectl-apply", ["create web alice there", "patch web alice there"]],
    [
      "kubectl-apply-server-side",
      ["apply create web argocd-application-controller there", "apply patch web alice there"],
    ],
    [
      "metadata-only",
      [
        "create web alice unknown",
        "update web alice unknown",
        "patch web alice unknown",
        "delete web alice unknown",
      ],
    ],
    [
      "request-only",
      [
        "create web alice unknown",
        "update web alice unknown",
        "patch web alice unknown",
        "delete web alice gone",
      ],
    ],
    ["impersonation", ["create web alice there", "patch web bob there"]],
    ["status-annotation", ["create web alice there", "patch web mallory unknown"]],
  ])("%s", async (kind, expected) => {
    expect(await recorded(kind)).toEqual(expected);
  });

  test("a server-given name is in the response", async () => {
    expect(await recorded("create-generate-name")).toEqual([
      expect.stringMatching(/^create web-\w{5} alice there$/),
    ]);
  });

  test("every recorded file is read without a problem", async () => {
    const files = (await readdir(folder)).filter((name) => name.endsWith(".jsonl"));
    expect(files.length).toBeGreaterThan(25);
    const { problems, refused } = await readFiles(folder, ...files);
    expect(problems).toEqual([]);
    expect(refused.map(({ status }) => status).toSorted()).toEqual([401, 403, 403, 403]);
  });
});
