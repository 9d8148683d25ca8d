import { readdir } from "node:fs/promises";
import { afterEach, describe, expect, test } from "vitest";
import { fetchRemoteRepository } from "../../../src/adapters/git/fetch-remote-repository.ts";
import { openGitHistory } from "../../../src/adapters/git/open-git-history.ts";
import { startGitServer } from "../../support/git-server.ts";
import { RepositoryBuilder } from "../../support/repository/build-repository.ts";
import { removeFolder, temporaryFolder } from "../../support/repository/temporary-folder.ts";

const author = { name: "Ann Lee", email: "ann@example.com" };
const { signal } = new AbortController();
const folders: string[] = [];

afterEach(() => {
  delete process.env.GIT_CONFIG_COUNT;
  delete process.env.GIT_CONFIG_KEY_0;
  delete process.env.GIT_CONFIG_VALUE_0;
  for (const folder of folders.splice(0)) removeFolder(folder);
});

async function served() {
  const builder = new RepositoryBuilder();
  builder.commit({ message: "add", author, files: { "a.yaml": "a: 1\n" } });
  const repository = await builder.write({ bare: true });
  const server = await startGitServer(repository.dir, "s3cret");
  const folder = await temporaryFolder();
  folders.push(folder);
  return { repository, server, folder };
}

/** The user's own credentials, as git finds them in its configuration. */
function signIn(authorization: string): void {
  process.env.GIT_CONFIG_COUNT = "1";
  process.env.GIT_CONFIG_KEY_0 = "http.extraHeader";
  process.env.GIT_CONFIG_VALUE_0 = `Authorization: ${authorization}`;
}

describe("a remote", () => {
  test("is cloned with the user's credentials, and the next run brings branches and HEAD up to date", async () => {
    const { repository, server, folder } = await served();
    await using _ = server;
    signIn(server.authorization);
    const remote = { url: server.url, allowNetwork: true, signal, folder };

    const first = await fetchRemoteRepository(remote);
    const sha = await repository.commit({ message: "more", author, files: { "a.yaml": "a: 2\n" } });
    await repository.branch("next", "main");
    await repository.git("symbolic-ref", "HEAD", "refs/heads/next");
    const second = await fetchRemoteRepository(remote);

    const history = await openGitHistory({ dir: second });
    expect(second).toBe(first);
    expect(await readdir(folder)).toHaveLength(1);
    expect(await history.resolveCommit("HEAD")).toBe(sha);
    expect(await history.currentBranch()).toBe("next");
    expect(await history.remoteUrls()).toEqual([server.url]);
    repository.remove();
  });

  test("that refuses is unreachable; no token is told, and nothing is left behind", async () => {
    const { repository, server, folder } = await served();
    await using _ = server;
    signIn("basic d3Jvbmc=");

    const fetching = fetchRemoteRepository({ url: server.url, allowNetwork: true, signal, folder });

    await expect(fetching).rejects.toMatchObject({
      code: "repository-unreachable",
      what: expect.not.stringContaining("d3Jvbmc"),
    });
    expect(await readdir(folder)).toEqual([]);
    repository.remove();
  });

  test("that was there once and cannot be brought up to date is not used as it was", async () => {
    const { repository, server, folder } = await served();
    signIn(server.authorization);
    const remote = { url: server.url, allowNetwork: true, signal, folder };
    await fetchRemoteRepository(remote);
    await server[Symbol.asyncDispose]();

    await expect(fetchRemoteRepository(remote)).rejects.toMatchObject({ code: "repository-unreachable" });
    repository.remove();
  });

  test("is not asked where the network is not allowed", async () => {
    const { repository, server, folder } = await served();
    await using _ = server;

    const fetching = fetchRemoteRepository({ url: server.url, allowNetwork: false, signal, folder });

    await expect(fetching).rejects.toMatchObject({ code: "repository-not-fetched" });
    expect(server.refused()).toBe(0);
    repository.remove();
  });
});

test("whatever the user's configuration makes of an address, no command runs", async () => {
  const folder = await temporaryFolder();
  folders.push(folder);
  process.env.GIT_CONFIG_COUNT = "1";
  process.env.GIT_CONFIG_KEY_0 = `url.ext::sh -c touch% ${folder}/ran .insteadOf`;
  process.env.GIT_CONFIG_VALUE_0 = "https://git.example.com/";
  const url = "https://git.example.com/acme/shop";

  const fetching = fetchRemoteRepository({ url, allowNetwork: true, signal, folder });

  await expect(fetching).rejects.toMatchObject({
    code: "repository-unreachable",
    what: expect.stringContaining("transport 'ext' not allowed"),
  });
  expect(await readdir(folder)).toEqual([]);
});

test.each(["ext::sh -c id", "--upload-pack=id", "/srv/git/shop"])("%s is refused", async (url) => {
  const fetching = fetchRemoteRepository({ url, allowNetwork: true, signal, folder: "/nowhere" });
  await expect(fetching).rejects.toMatchObject({ code: "repository-address" });
});
