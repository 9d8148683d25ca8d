import { mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { PathSelector } from "../../../src/ports/git-history.ts";
import { RepositoryBuilder } from "../../support/repository/build-repository.ts";
import { removeFolder, temporaryFolder } from "../../support/repository/temporary-folder.ts";
import { alice, everything, readTexts, under, writeAndOpen } from "./open-history.ts";

const yaml: PathSelector = { pathspecs: [], matches: (path) => path.endsWith(".yaml") };

async function listed(builder: RepositoryBuilder, selector: PathSelector) {
  const { history } = await writeAndOpen(builder);
  const listing = await history.listFiles(
    { kind: "commit", sha: await history.resolveCommit("main") },
    selector,
  );
  return {
    files: listing.files.map(({ path, linkTarget }) =>
      linkTarget === null ? path : `${path} -> ${linkTarget}`,
    ),
    unreadable: listing.unreadable.map(({ path, reason }) => `${path}: ${reason}`),
    contents: await readTexts(
      history,
      listing.files.map(({ blob }) => blob),
    ),
  };
}

describe("the files of a commit", () => {
  it("are those that the selector takes, sorted by path", async () => {
    const builder = new RepositoryBuilder();
    builder.commit({
      message: "one",
      author: alice,
      files: { "z.yaml": "z", "a/b.yaml": "b", "a.yaml": { executable: "a" }, "README.md": "no" },
    });
    expect(await listed(builder, yaml)).toEqual({
      files: ["a.yaml", "a/b.yaml", "z.yaml"],
      unreadable: [],
      contents: ["a", "b", "z"],
    });
  });

  it("do not depend on the work tree", async () => {
    const builder = new RepositoryBuilder();
    builder.commit({ message: "one", author: alice, files: { "a.yaml": "committed" } });
    const { repository, history } = await writeAndOpen(builder, { checkout: true });
    await writeFile(join(repository.dir, "a.yaml"), "changed on disk");
    await writeFile(join(repository.dir, "new.yaml"), "untracked");
    const sha = await history.resolveCommit("main");
    const { files } = await history.listFiles({ kind: "commit", sha }, everything);
    expect(files.map(({ path }) => path)).toEqual(["a.yaml"]);
    expect(await readTexts(history, [files[0]?.blob ?? ""])).toEqual(["committed"]);
  });

  it("include what links lead to: files, chains, and links below linked folders", async () => {
    const builder = new RepositoryBuilder();
    builder.commit({
      message: "one",
      author: alice,
      files: { "base/web.yaml": "web", "base/sub/api.yaml": "api" },
      links: {
        "link.yaml": "base/web.yaml",
        "deep/er/chain.yaml": "../../link.yaml",
        "base/again.yaml": "./sub/../web.yaml",
        "overlays/prod": "../base",
        "through.yaml": "overlays/prod/sub/api.yaml",
      },
    });
    expect(await listed(builder, yaml)).toEqual({
      files: [
        "base/again.yaml -> base/web.yaml",
        "base/sub/api.yaml",
        "base/web.yaml",
        "deep/er/chain.yaml -> base/web.yaml",
        "link.yaml -> base/web.yaml",
        "overlays/prod/again.yaml -> base/web.yaml",
        "overlays/prod/sub/api.yaml -> base/sub/api.yaml",
        "overlays/prod/web.yaml -> base/web.yaml",
        "through.yaml -> base/sub/api.yaml",
      ],
      unreadable: [],
      contents: ["web", "api", "web", "web", "web", "web", "api", "web", "api"],
    });
  });

  it("can be selected through a linked folder alone", async () => {
    const builder = new RepositoryBuilder();
    builder.commit({
      message: "one",
      author: alice,
      files: { "base/web.yaml": "web", "other.yaml": "x" },
      links: { current: "base" },
    });
    expect((await listed(builder, under("current"))).files).toEqual(["current/web.yaml -> base/web.yaml"]);
  });

  it("report links that lead nowhere, out, in circles or into submodules, and never follow them", async () => {
    const builder = new RepositoryBuilder();
    builder.commit({
      message: "one",
      author: alice,
      files: { "a.yaml": "a", module: { submodule: "1".repeat(40) } },
      links: {
        "absolute.yaml": "/etc/passwd",
        "circle-1.yaml": "circle-2.yaml",
        "circle-2.yaml": "circle-1.yaml",
        "gone.yaml": "nothing.yaml",
        "into.yaml": "module/a.yaml",
        "long.yaml": "x/".repeat(3000),
        "out.yaml": "../../etc/passwd",
        "self.yaml": "self.yaml",
        "through-a-file.yaml": "a.yaml/b",
      },
    });
    expect(await listed(builder, yaml)).toEqual({
      files: ["a.yaml"],
      contents: ["a"],
      unreadable: [
        "absolute.yaml: The link leads out of the repository",
        "circle-1.yaml: The link leads round in a circle",
        "circle-2.yaml: The link leads round in a circle",
        "gone.yaml: The link leads to nothing",
        "into.yaml: The link leads into a submodule",
        "long.yaml: The link leads to nothing",
        "out.yaml: The link leads out of the repository",
        "self.yaml: The link leads round in a circle",
        "through-a-file.yaml: The link leads to nothing",
      ],
    });
  });

  it("do not repeat through a link to a folder that holds the link", async () => {
    const builder = new RepositoryBuilder();
    builder.commit({
      message: "one",
      author: alice,
      files: { "a/web.yaml": "web" },
      links: { "a/up": "..", "a/here": ".", "b/root": "../a" },
    });
    expect(await listed(builder, yaml)).toMatchObject({
      files: ["a/web.yaml", "b/root/web.yaml -> a/web.yaml"],
      unreadable: [],
    });
  });

  it("report a path that the selector names and that leads nowhere, even if it could only be a folder", async () => {
    const builder = new RepositoryBuilder();
    builder.commit({
      message: "one",
      author: alice,
      files: { "a.yaml": "a", vendor: { submodule: "1".repeat(40) } },
      links: { current: "releases/7", unrelated: "gone" },
    });
    const selector = { pathspecs: ["current/web", ":(literal)vendor/x.yaml"], matches: yaml.matches };
    expect((await listed(builder, selector)).unreadable).toEqual([
      "current: The link leads to nothing",
      "vendor: The path is a submodule",
    ]);
  });

  it("tell of the submodules that may hold what the selector takes", async () => {
    const builder = new RepositoryBuilder();
    const submodule = { submodule: "1".repeat(40) };
    builder.commit({
      message: "one",
      author: alice,
      files: { "deploy/vendor/shop": submodule, docs: submodule, "a.yaml": "a" },
    });
    const { repository, history } = await writeAndOpen(builder);
    const at = { kind: "commit", sha: repository.sha(":1") } as const;
    const submodulesFor = async (...pathspecs: readonly string[]) =>
      (await history.listFiles(at, { pathspecs, matches: yaml.matches })).submodules;
    expect(await submodulesFor()).toEqual(["deploy/vendor/shop", "docs"]);
    expect(await submodulesFor("deploy")).toEqual(["deploy/vendor/shop"]);
    expect(await submodulesFor("deploy/vendor2")).toEqual([]);
    expect(await submodulesFor(":(glob)deploy/**/x.yaml")).toEqual(["deploy/vendor/shop", "docs"]);
  });

  it("stay few where links multiply without end", async () => {
    const builder = new RepositoryBuilder();
    const links: Record<string, string> = {};
    for (let level = 0; level < 30; level++) {
      for (const name of ["a", "b", "c"]) links[`l${level}/${name}`] = `../l${level + 1}`;
    }
    builder.commit({ message: "bomb", author: alice, files: { "l30/web.yaml": "web" }, links });
    const { history } = await writeAndOpen(builder);
    const sha = await history.resolveCommit("main");
    const { files } = await history.listFiles({ kind: "commit", sha }, yaml);
    expect(files.length).toBeLessThan(100_001);
    expect(files.map(({ path }) => path)).toContain("l30/web.yaml");
  });
});

describe("the files of the work tree", () => {
  function tracked(): RepositoryBuilder {
    const builder = new RepositoryBuilder();
    builder.commit({
      message: "one",
      author: alice,
      files: {
        "a.yaml": "a",
        "gone.yaml": "gone",
        "deploy/web.yaml": "web",
        ".gitignore": "out/\nsecret.yaml\n",
      },
    });
    return builder;
  }

  it("are the tracked and the untracked ones as they lie on disk, under the ids that git would give them", async () => {
    const { repository, history } = await writeAndOpen(tracked(), { checkout: true });
    await writeFile(join(repository.dir, "a.yaml"), "changed");
    await writeFile(join(repository.dir, "new.yaml"), "new");
    await writeFile(join(repository.dir, "secret.yaml"), "ignored");
    await rm(join(repository.dir, "gone.yaml"));
    const { files, unreadable } = await history.listFiles({ kind: "worktree" }, yaml);
    expect(files.map(({ path }) => path)).toEqual(["a.yaml", "deploy/web.yaml", "new.yaml"]);
    expect(unreadable).toEqual([]);
    for (const { path, blob } of files) expect(blob).toBe(await repository.git("hash-object", path));
    expect(await readTexts(history, files.map(({ blob }) => blob).toReversed())).toEqual([
      "new",
      "web",
      "changed",
    ]);
  });

  it("include ignored ones that the selector names, by file or by folder", async () => {
    const { repository, history } = await writeAndOpen(tracked(), { checkout: true });
    await mkdir(join(repository.dir, "out"));
    await writeFile(join(repository.dir, "out", "rendered.yaml"), "rendered");
    await writeFile(join(repository.dir, "secret.yaml"), "ignored");
    const named = await history.listFiles({ kind: "worktree" }, under("out", "secret.yaml"));
    expect(named.files.map(({ path }) => path)).toEqual(["out/rendered.yaml", "secret.yaml"]);
  });

  it("are never outside the repository, whatever links say", async () => {
    const outside = await temporaryFolder();
    onTestFinished(() => removeFolder(outside));
    await writeFile(join(outside, "web.yaml"), "outside");
    const { repository, history } = await writeAndOpen(tracked(), { checkout: true });
    await symlink(join(outside, "web.yaml"), join(repository.dir, "absolute.yaml"));
    await symlink(`../${outside.split("/").at(-1)}/web.yaml`, join(repository.dir, "relative.yaml"));
    await symlink("a.yaml", join(repository.dir, "inside.yaml"));
    await symlink(".git/config", join(repository.dir, "git.yaml"));
    await rm(join(repository.dir, "deploy"), { recursive: true });
    await symlink(outside, join(repository.dir, "deploy"));
    const { files, unreadable } = await history.listFiles({ kind: "worktree" }, yaml);
    expect(files.map(({ path, linkTarget }) => [path, linkTarget])).toEqual([
      ["a.yaml", null],
      ["gone.yaml", null],
      ["inside.yaml", "a.yaml"],
    ]);
    expect(unreadable.map(({ path }) => path)).toEqual(["absolute.yaml", "git.yaml", "relative.yaml"]);
  });

  it("that a sparse checkout leaves out are as the index has them", async () => {
    const { repository, history } = await writeAndOpen(tracked(), { checkout: true });
    const whole = await history.listFiles({ kind: "worktree" }, yaml);
    await repository.git("sparse-checkout", "set", "elsewhere");
    const { files, unreadable } = await history.listFiles({ kind: "worktree" }, yaml);
    expect(files).toEqual(whole.files);
    expect(files.map(({ path }) => path)).toContain("deploy/web.yaml");
    expect(unreadable).toEqual([]);
    const blobs: string[] = [];
    for await (const { blob } of history.readBlobs(files.map(({ blob }) => blob))) blobs.push(blob);
    expect(blobs.sort()).toEqual([...new Set(files.map(({ blob }) => blob))].sort());
  });

  it("are absent where they were deleted, sparse checkout or not", async () => {
    const { repository, history } = await writeAndOpen(tracked(), { checkout: true });
    await repository.git("sparse-checkout", "set", "deploy");
    await rm(join(repository.dir, "deploy/web.yaml"));
    const { files } = await history.listFiles({ kind: "worktree" }, yaml);
    expect(files.map(({ path }) => path)).not.toContain("deploy/web.yaml");
  });

  it("links that a sparse checkout leaves out are reported, not absent", async () => {
    const { repository, history } = await writeAndOpen(tracked(), { checkout: true });
    await symlink("web.yaml", join(repository.dir, "deploy/link.yaml"));
    await repository.git("add", "deploy/link.yaml");
    await repository.git("-c", "user.name=A", "-c", "user.email=a@b", "commit", "-qm", "link");
    await repository.git("sparse-checkout", "set", "elsewhere");
    const { unreadable } = await history.listFiles({ kind: "worktree" }, yaml);
    expect(unreadable).toEqual([
      { path: "deploy/link.yaml", reason: "A sparse checkout leaves the link out of the work tree" },
    ]);
  });
});
