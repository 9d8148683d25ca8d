import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { sampleGitHub, USERS } from "../../github-server/support/sample-github.ts";
import { startGitHub } from "../../support/github/start-github.ts";
import { forgeAt, signal } from "./support/forge.ts";

const pair = (type: "pkcs1" | "pkcs8") =>
  generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type, format: "pem" },
  });

const APP = { id: 12345, slug: "drift-watch", permissions: { issues: "write" } } as const;

describe("who the forge takes us for", () => {
  it("is the bot for a workflow's token, which may not ask REST who it is", async () => {
    await using server = await sampleGitHub();
    const { viewer } = await forgeAt(server);
    expect(await viewer(signal)).toBe("github-actions[bot]");
    expect(await viewer(signal)).toBe("github-actions[bot]");
    expect(server.requests).toHaveLength(1);
  });

  it("is asked by REST where GraphQL is refused", async () => {
    await using server = await sampleGitHub();
    server.faults.fail(403, { operation: "graphql" });
    const { viewer } = await forgeAt(server, { token: server.token("alice", {}) });
    expect(await viewer(signal)).toBe("alice");
  });

  it("is an error where neither tells", async () => {
    await using server = await sampleGitHub();
    server.faults.fail(403, { operation: "graphql" });
    const { viewer } = await forgeAt(server);
    await expect(viewer(signal)).rejects.toMatchObject({
      code: "forge-forbidden",
      what: "Cannot find out whose token this is (HTTP 403): Forbidden",
    });
  });
});

describe("a GitHub App", () => {
  it.each(["pkcs1", "pkcs8"] as const)("signs in with a %s key as its installation", async (type) => {
    const { publicKey, privateKey } = pair(type);
    await using server = await sampleGitHub({ private: true });
    server.addApp({ ...APP, publicKey, repositories: ["acme/shop"] });
    const forge = await forgeAt(server, { auth: { kind: "app", appId: "12345", privateKey } });
    const issue = await forge.issues.create({ title: "web", body: "", labels: [], assignees: [] }, signal);
    expect(server.issues().map(({ user }) => user.login)).toEqual(["drift-watch[bot]"]);
    expect(await forge.viewer(signal)).toBe("drift-watch[bot]");
    expect(issue.number).toBe(1);
    expect(server.count("apps/create-installation-access-token")).toBe(1);
  });

  it("takes a key whose line ends are written as \\n, as environment variables have them", async () => {
    const { publicKey, privateKey } = pair("pkcs8");
    await using server = await sampleGitHub();
    server.addApp({ ...APP, publicKey, repositories: ["acme/shop"] });
    const auth = { kind: "app", appId: "12345", privateKey: privateKey.replaceAll("\n", "\\n") } as const;
    expect(await (await forgeAt(server, { auth })).viewer(signal)).toBe("drift-watch[bot]");
  });

  it("that is not installed on the repository is told so", async () => {
    const { publicKey, privateKey } = pair("pkcs8");
    await using server = await sampleGitHub();
    server.addApp({ ...APP, publicKey, repositories: ["acme/other"] });
    await expect(
      forgeAt(server, { auth: { kind: "app", appId: "12345", privateKey } }),
    ).rejects.toMatchObject({
      code: "forge-not-found",
      mend: "Install the App on acme/shop, or check the App's id.",
    });
  });

  it("with another App's key is not let in", async () => {
    await using server = await sampleGitHub();
    server.addApp({ ...APP, publicKey: pair("pkcs8").publicKey, repositories: ["acme/shop"] });
    const { privateKey } = pair("pkcs8");
    await expect(
      forgeAt(server, { auth: { kind: "app", appId: "12345", privateKey } }),
    ).rejects.toMatchObject({ code: "forge-unauthorized" });
  });

  it.each([
    ["no key at all", "secret words"],
    ["a key that is cut", "-----BEGIN RSA PRIVATE KEY-----\nsecret words\n-----END RSA PRIVATE KEY-----\n"],
  ])("with %s is told so without showing it", async (_, privateKey) => {
    await using server = await sampleGitHub();
    const opening = forgeAt(server, { auth: { kind: "app", appId: "12345", privateKey } });
    const error = await opening.catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: "forge-unauthorized" });
    expect(String(error)).not.toContain("secret words");
  });
});

describe("an Enterprise Server", () => {
  it("is spoken to below /api/v3 and /api/graphql", async () => {
    await using server = await startGitHub({
      product: "ghes-3.19",
      users: USERS ?? [],
      repositories: [{ fullName: "acme/shop", collaborators: ["alice"] }],
    });
    const forge = await forgeAt(server);
    const issue = { title: "web", body: "drift", labels: ["drift"], assignees: ["alice"] };
    const { number } = await forge.issues.create(issue, signal);
    await forge.issues.comment(number, "changed", signal);
    const [found] = await (await forgeAt(server)).issues.listOwn("drift", signal);
    expect(found).toMatchObject({ number, title: "web", commentCount: 1, assignees: ["alice"] });
    expect(server.count("graphql")).toBe(2);
  });

  it("is spoken to by GraphQL where it says", async () => {
    await using server = await startGitHub({
      product: "ghes-3.19",
      repositories: [{ fullName: "acme/shop" }],
    });
    const { viewer } = await forgeAt(server, { graphqlUrl: server.graphqlUrl });
    expect(await viewer(signal)).toBe("github-actions[bot]");
  });
});

describe("what cannot be right", () => {
  it.each([
    [{ repository: "acme" }, "forge-options"],
    [{ repository: "acme/shop/issues" }, "forge-options"],
    [{ token: "" }, "forge-unauthorized"],
  ])("%o is refused before anything is sent", async (options, code) => {
    await using server = await sampleGitHub();
    await expect(forgeAt(server, options)).rejects.toMatchObject({ code });
    expect(server.requests).toEqual([]);
  });
});
