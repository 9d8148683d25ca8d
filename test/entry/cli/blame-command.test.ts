import { writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { RepositoryBuilder } from "../../support/repository/build-repository.ts";
import { runCli } from "../../support/run-cli.ts";

const manifest = (api: string) => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: shop }
spec:
  rules:
    - host: shop.example.com
      http:
        paths:
          - { path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }
          - { path: /api, pathType: Prefix, backend: { service: { name: ${api}, port: { number: 80 } } } }
`;

test("names for each line the commit that wrote it, and the program where only managedFields tells", async () => {
  const builder = new RepositoryBuilder();
  const at = (day: number) => ({
    authoredAt: `2026-03-0${day}T09:00:00Z`,
    committedAt: `2026-03-0${day}T09:00:00Z`,
  });
  const files = (api: string) => ({ "web.yaml": manifest(api) });
  builder.commit({
    message: "add web",
    author: { name: "Ann Lee", email: "a@example.com" },
    ...at(1),
    files: files("api"),
  });
  builder.commit({
    message: "api v2",
    author: { name: "Bob Roy", email: "b@example.com" },
    ...at(2),
    files: files("api-v2"),
  });
  const repository = await builder.write();
  try {
    const snapshot = path.join(repository.dir, "live.yaml");
    const injected = `\n  annotations: { team: web, "x/y": "1" }\n  managedFields:\n  - { manager: kubectl-annotate, operation: Update, time: "2026-03-03T09:00:00Z", fieldsV1: { "f:metadata": { "f:annotations": { "f:x/y": {} } } } }`;
    await writeFile(
      snapshot,
      manifest("api-v2").replace(
        "{ name: web, namespace: shop }",
        `${injected}\n  name: web\n  namespace: shop`,
      ),
    );
    const { stdout, status, stderr } = await runCli([
      "blame",
      "shop/web",
      "--repo",
      repository.dir,
      "--snapshot",
      snapshot,
    ]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const lineOf = (text: string) => stdout.split("\n").find((line) => line.includes(text)) ?? "";
    expect(lineOf("path: /api")).toContain("Ann Lee");
    expect(lineOf("name: api-v2")).toMatch(/Bob Roy\s+2026-03-02\s+│/);
    expect(lineOf("host: shop.example.com")).toContain("Ann Lee");
    expect(lineOf("x/y")).toMatch(/kubectl-annotate \(a program\) \[\d\]/);
    expect(lineOf("team: web")).toMatch(/^unknown/);
    expect(stdout).toContain("[1] ");
  } finally {
    repository[Symbol.dispose]();
  }
});

test("names no commit for an older value of Git's that a hand may have put back", async () => {
  const repository = await new RepositoryBuilder().write();
  try {
    const author = { name: "Ann Lee", email: "a@example.com" };
    await repository.commit({ message: "add web", author, files: { "web.yaml": manifest("api") } });
    await repository.commit({ message: "api v2", author, files: { "web.yaml": manifest("api-v2") } });
    const snapshot = path.join(repository.dir, "live.yaml");
    const entry = `{ manager: kubectl-edit, operation: Update, time: "2026-03-03T09:00:00Z", fieldsV1: { "f:spec": { "f:rules": {} } } }`;
    const metadata = `{ name: web, namespace: shop, managedFields: [${entry}] }`;
    await writeFile(snapshot, manifest("api").replace("{ name: web, namespace: shop }", metadata));

    const { stdout } = await runCli(["blame", "shop/web", "--repo", repository.dir, "--snapshot", snapshot]);

    const lineOf = (text: string) => stdout.split("\n").find((line) => line.includes(text)) ?? "";
    expect(lineOf("name: api")).toMatch(/^unknown +\[\d\] +│/);
    expect(stdout).toContain(
      "the program kubectl-edit at 2026-03-03T09:00:00Z, which need not have changed this",
    );
    expect(lineOf("host: shop.example.com")).toContain("Ann Lee");
  } finally {
    repository[Symbol.dispose]();
  }
});

test("names who deleted an Ingress that its finalizers still hold", async () => {
  const repository = await new RepositoryBuilder().write();
  try {
    await repository.commit({
      message: "add web",
      author: { name: "Ann", email: "a@example.com" },
      files: { "web.yaml": manifest("a") },
    });
    const metadata = { name: "web", namespace: "shop", uid: "u1", resourceVersion: "20" };
    const marks = { deletionTimestamp: "2026-03-05T10:00:00Z", finalizers: ["example.com/hold"] };
    const object = { ...parse(manifest("a")), metadata: { ...metadata, ...marks } };
    const snapshot = path.join(repository.dir, "live.json");
    const log = path.join(repository.dir, "audit.jsonl");
    await writeFile(snapshot, JSON.stringify(object));
    await writeFile(log, `${JSON.stringify(deleteEvent(object))}\n`);

    const args = ["blame", "shop/web", "--repo", repository.dir, "--snapshot", snapshot];
    const withLog = await runCli([...args, "--audit-log", log]);
    const without = await runCli(args);

    const lineOf = (text: string) =>
      text.split("\n").find((line) => line.includes("deletionTimestamp")) ?? "";
    expect(lineOf(withLog.stdout)).toMatch(/^cli +alice@example\.com +2026-03-05 10:00 │/);
    expect(lineOf(without.stdout)).toMatch(/^unknown +\[\d\] +│/);
    expect(without.stdout).toContain("Unknown who deleted this Ingress at 2026-03-05T10:00:00Z");
  } finally {
    repository[Symbol.dispose]();
  }
});

function deleteEvent(responseObject: object) {
  return {
    kind: "Event",
    apiVersion: "audit.k8s.io/v1",
    level: "RequestResponse",
    auditID: "a1",
    stage: "ResponseComplete",
    requestURI: "/apis/networking.k8s.io/v1/namespaces/shop/ingresses/web",
    verb: "delete",
    user: { username: "alice@example.com" },
    userAgent: "kubectl/v1.36.3",
    objectRef: { resource: "ingresses", namespace: "shop", name: "web", apiGroup: "networking.k8s.io" },
    responseStatus: { code: 200 },
    responseObject,
    stageTimestamp: "2026-03-05T10:00:00.200000Z",
  };
}

test("tells of an Ingress that is not there which ones have its name", async () => {
  const repository = await new RepositoryBuilder().write();
  try {
    await repository.commit({
      message: "add web",
      author: { name: "Ann", email: "a@example.com" },
      files: { "web.yaml": manifest("a") },
    });
    const snapshot = path.join(repository.dir, "live.yaml");
    await writeFile(snapshot, manifest("a"));
    const other = await runCli(["blame", "sales/web", "--repo", repository.dir, "--snapshot", snapshot]);
    const none = await runCli(["blame", "web", "--repo", repository.dir, "--snapshot", snapshot]);
    expect(other).toMatchObject({ status: 2, stderr: expect.stringContaining("There is shop/web") });
    expect(none).toMatchObject({ status: 2, stderr: expect.stringContaining("NAMESPACE/NAME") });
  } finally {
    repository[Symbol.dispose]();
  }
});
