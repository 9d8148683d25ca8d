import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { CommitGraph } from "../../../src/model/commit-graph.ts";
import { RepositoryBuilder, type TestRepository } from "../../support/repository/build-repository.ts";
import { runGit } from "../../support/repository/run-git.ts";
import { shallowClone } from "../../support/repository/shallow-clone.ts";
import { alice, bob, everything, openIsolated, readTexts, under, writeAndOpen } from "./open-history.ts";
import { randomHistory } from "./random-history.ts";

/** Changes as `subject? path: before -> after`, by the commit's sha. */
function changesOf(graph: CommitGraph, sha: string) {
  const commit = graph.commits.findIndex((node) => node.sha === sha);
  return graph.changes
    .filter((change) => change.commit === commit)
    .map(({ path, blob, previousBlob }) => ({ path, blob, previousBlob }));
}

async function blobAt(repository: TestRepository, revision: string, path: string): Promise<string> {
  return await repository.git("rev-parse", `${revision}:${path}`);
}

describe("reading the graph", () => {
  it.each([1, 2, 3])(
    "agrees with rev-list and diff-tree on every commit of a random history (seed %i)",
    async (seed) => {
      const { repository, history } = await writeAndOpen(randomHistory(seed, 150));
      const head = await history.resolveCommit("main");
      const graph = await history.readGraph(head, under("deploy"));

      const expected = (await repository.git("rev-list", "--parents", "--all")).split("\n");
      const actual = graph.commits.map(({ sha, parents }) =>
        [sha, ...parents.map((parent) => graph.commits[parent]?.sha)].join(" "),
      );
      expect(actual.toSorted()).toEqual(expected.toSorted());
      expect(graph.commits[graph.head]?.sha).toBe(head);
      for (const [index, { parents }] of graph.commits.entries()) {
        for (const parent of parents) expect(parent).toBeGreaterThan(index);
      }
      for (const { sha } of graph.commits) {
        expect(changesOf(graph, sha)).toEqual(await diffAgainstFirstParent(repository, sha));
      }
    },
  );

  it("lists commits that change nothing under the paths, without any change", async () => {
    const builder = new RepositoryBuilder();
    const first = builder.commit({ message: "one", author: alice, files: { "deploy/a.yaml": "1" } });
    const unrelated = builder.commit({ message: "two", author: bob, files: { "src/main.c": "x" } });
    const empty = builder.commit({ message: "three", author: bob });
    const { repository, history } = await writeAndOpen(builder);
    const graph = await history.readGraph(repository.sha(empty), under("deploy"));
    expect(graph.commits.map((node) => node.sha)).toEqual(
      [empty, unrelated, first].map((label) => repository.sha(label)),
    );
    expect(graph.changes).toEqual([
      {
        commit: 2,
        path: "deploy/a.yaml",
        blob: await blobAt(repository, "main", "deploy/a.yaml"),
        previousBlob: null,
      },
    ]);
  });

  it("gives a merge's changes against its first parent only", async () => {
    const builder = new RepositoryBuilder();
    builder.commit({ message: "base", author: alice, files: { "a.yaml": "1", "b.yaml": "1" } });
    builder.branch("feature", "main");
    builder.commit({ branch: "feature", message: "feature", author: bob, files: { "a.yaml": "2" } });
    builder.commit({ message: "mainline", author: alice, files: { "b.yaml": "2" } });
    const merge = builder.merge({ into: "main", from: "feature", message: "Merge", author: alice });
    const { repository, history } = await writeAndOpen(builder);
    const graph = await history.readGraph(repository.sha(merge), everything);
    expect(changesOf(graph, repository.sha(merge)).map(({ path }) => path)).toEqual(["a.yaml"]);
    expect(graph.commits[graph.head]?.parents).toHaveLength(2);
  });

  it("shows renames as a deletion and an addition of the same blob", async () => {
    const builder = new RepositoryBuilder();
    builder.commit({ message: "one", author: alice, files: { "old.yaml": "same" } });
    const moved = builder.commit({
      message: "move",
      author: bob,
      files: { "old.yaml": null, "new.yaml": "same" },
    });
    const { repository, history } = await writeAndOpen(builder);
    const graph = await history.readGraph(repository.sha(moved), everything);
    const blob = await blobAt(repository, "main", "new.yaml");
    expect(changesOf(graph, repository.sha(moved))).toEqual([
      { path: "new.yaml", blob, previousBlob: null },
      { path: "old.yaml", blob: null, previousBlob: blob },
    ]);
  });

  it("drops a change of mode alone, and takes a link or a submodule for nothing", async () => {
    const builder = new RepositoryBuilder();
    builder.commit({ message: "one", author: alice, files: { "a.yaml": "1", "b.yaml": "2" } });
    const mode = builder.commit({ message: "chmod", author: bob, files: { "a.yaml": { executable: "1" } } });
    const link = builder.commit({
      message: "link",
      author: bob,
      links: { "a.yaml": "b.yaml", "c.yaml": "b.yaml" },
    });
    const retargeted = builder.commit({ message: "retarget", author: bob, links: { "c.yaml": "gone" } });
    const submodule = builder.commit({
      message: "submodule",
      author: bob,
      files: { "b.yaml": { submodule: "1".repeat(40) } },
    });
    const { repository, history } = await writeAndOpen(builder);
    const graph = await history.readGraph(repository.sha(submodule), everything);
    const first = await blobAt(repository, "main~4", "a.yaml");
    const second = await blobAt(repository, "main~4", "b.yaml");
    expect(changesOf(graph, repository.sha(mode))).toEqual([]);
    expect(changesOf(graph, repository.sha(link))).toEqual([
      { path: "a.yaml", blob: null, previousBlob: first },
    ]);
    expect(changesOf(graph, repository.sha(retargeted))).toEqual([]);
    expect(changesOf(graph, repository.sha(submodule))).toEqual([
      { path: "b.yaml", blob: null, previousBlob: second },
    ]);
  });

  it("takes pathspecs literally unless they are patterns", async () => {
    const builder = new RepositoryBuilder();
    builder.commit({
      message: "one",
      author: alice,
      files: { "a[1]/x.yaml": "1", "a1/x.yaml": "1", "*.yaml": "1", "other.yaml": "1" },
    });
    const { repository, history } = await writeAndOpen(builder);
    const paths = async (...pathspecs: readonly string[]) =>
      (await history.readGraph(repository.sha(":1"), { pathspecs, matches: () => true })).changes.map(
        ({ path }) => path,
      );
    expect(await paths("a[1]")).toEqual(["a[1]/x.yaml"]);
    expect(await paths("*.yaml")).toEqual(["*.yaml"]);
    expect(await paths(":(glob)*.yaml")).toEqual(["*.yaml", "other.yaml"]);
    expect(await paths(":(literal)a1/x.yaml", "a[1]/")).toEqual(["a1/x.yaml", "a[1]/x.yaml"]);
    expect(await paths(".")).toHaveLength(4);
    expect(await paths(...Array.from({ length: 9000 }, (_, index) => `folder-${index}`))).toHaveLength(4);
  });

  it("keeps names with spaces, quotes, newlines and other scripts, and leaves out those that are not UTF-8", async () => {
    const names = [
      "with space.yaml",
      'with"quote.yaml',
      "with\nnewline.yaml",
      "größe-日本.yaml",
      ":colon.yaml",
      "tab\t.yaml",
    ];
    const builder = new RepositoryBuilder();
    builder.commit({
      message: "names",
      author: alice,
      files: Object.fromEntries(names.map((name) => [name, name])),
    });
    const { repository } = await writeAndOpen(builder);
    const raw = Buffer.concat([
      Buffer.from(
        "commit refs/heads/main\ncommitter A <a@x> 1 +0000\ndata 1\nx\nfrom refs/heads/main^0\nM 100644 inline bad-",
      ),
      Buffer.from([0xff, 0xfe]),
      Buffer.from(".yaml\ndata 1\nx\n"),
    ]);
    await runGit(repository.dir, ["fast-import", "--quiet"], raw);
    const history = await openIsolated(repository.dir);
    const head = await history.resolveCommit("main");
    const graph = await history.readGraph(head, everything);
    const listing = await history.listFiles({ kind: "commit", sha: head }, everything);
    expect(graph.changes.map(({ path }) => path).toSorted()).toEqual(names.toSorted());
    expect(
      await readTexts(
        history,
        graph.changes.map(({ blob }) => blob ?? ""),
      ),
    ).toEqual(graph.changes.map(({ path }) => path));
    expect(listing.files.map(({ path }) => path)).toEqual(names.toSorted());
    expect(listing.unreadable).toEqual([
      { path: "bad-\ufffd\ufffd.yaml", reason: "The file's name is not UTF-8, so it cannot be audited" },
    ]);
  });
});

describe("reading one commit's changes", () => {
  it("gives every path against the first parent, of a merge and of a root commit too", async () => {
    const builder = new RepositoryBuilder();
    const root = builder.commit({
      message: "base",
      author: alice,
      files: { "a.yaml": "1", "x/b.yaml": "1" },
    });
    builder.branch("feature", "main");
    builder.commit({ branch: "feature", message: "feature", author: bob, files: { "a.yaml": null } });
    builder.commit({ message: "mainline", author: alice, files: { "x/b.yaml": "2" } });
    const merge = builder.merge({ into: "main", from: "feature", message: "Merge", author: alice });
    const { repository, history } = await writeAndOpen(builder);
    const [first, second] = [
      await blobAt(repository, repository.sha(root), "a.yaml"),
      await blobAt(repository, repository.sha(root), "x/b.yaml"),
    ];
    const shas = [repository.sha(merge), repository.sha(root)];
    expect(await history.readChanges(shas, () => true)).toEqual(
      new Map([
        [repository.sha(merge), [{ path: "a.yaml", blob: null, previousBlob: first }]],
        [
          repository.sha(root),
          [
            { path: "a.yaml", blob: first, previousBlob: null },
            { path: "x/b.yaml", blob: second, previousBlob: null },
          ],
        ],
      ]),
    );
    expect(await history.readChanges([repository.sha(merge)], (path) => path === "b.yaml")).toEqual(
      new Map([[repository.sha(merge), []]]),
    );
    expect(await history.readChanges([], () => true)).toEqual(new Map());
    await expect(history.readChanges(["dead".repeat(10)], () => true)).rejects.toMatchObject({
      code: "object-missing",
    });
  });
});

describe("other refs", () => {
  it("are local and remote branches and forges' proposals by name; not stashes, notes, tags or origin/HEAD", async () => {
    const builder = new RepositoryBuilder();
    builder.commit({ message: "one", author: alice });
    const tips = ["feature/x", "refs/remotes/origin/dev", "refs/pull/12/head", "refs/merge-requests/3/head"];
    const unseen = ["refs/stash", "refs/notes/commits", "refs/tags/v1"];
    for (const ref of [...tips, ...unseen]) {
      builder.commit({ branch: ref, parents: ["main"], message: ref, author: bob });
    }
    const { repository, history } = await writeAndOpen(builder);
    await repository.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/dev");
    const graph = await history.readGraph(await history.resolveCommit("main"), everything);
    expect(graph.otherRefs.map(({ name }) => name).toSorted()).toEqual([
      "feature/x",
      "origin/dev",
      "refs/merge-requests/3/head",
      "refs/pull/12/head",
    ]);
    expect(graph.commits).toHaveLength(1 + tips.length);
    for (const { name, commit } of graph.otherRefs) {
      expect(graph.commits[commit]?.sha).toBe(await repository.git("rev-parse", name));
    }
  });

  it("leave out what lies on the audited commit itself", async () => {
    const builder = new RepositoryBuilder();
    builder.commit({ message: "one", author: alice });
    builder.ref("refs/remotes/origin/main", "main");
    const { history } = await writeAndOpen(builder);
    const graph = await history.readGraph(await history.resolveCommit("main"), everything);
    expect(graph.otherRefs).toEqual([]);
  });

  it("may be broken, or lead to something that is no commit, without harm", async () => {
    const builder = new RepositoryBuilder();
    builder.commit({ message: "one", author: alice, files: { "a.yaml": "1" } });
    builder.ref("refs/heads/good", builder.commit({ branch: "good", message: "two", author: bob }));
    const { repository, history } = await writeAndOpen(builder);
    await writeFile(join(repository.dir, ".git", "refs", "heads", "broken"), `${"dead".repeat(10)}\n`);
    await repository.git("update-ref", "refs/pull/1/head", await repository.git("rev-parse", "main^{tree}"));
    const graph = await history.readGraph(await history.resolveCommit("main"), everything);
    expect(graph.otherRefs.map(({ name }) => name)).toEqual(["good"]);
  });

  it("are joined by further commits that no ref holds any more", async () => {
    const builder = new RepositoryBuilder();
    builder.commit({ message: "one", author: alice, files: { "a.yaml": "1" } });
    const lost = builder.commit({ branch: "gone", message: "two", author: bob, files: { "a.yaml": "2" } });
    const { repository, history } = await writeAndOpen(builder);
    await repository.git("branch", "-D", "gone");
    const head = await history.resolveCommit("main");
    const without = await history.readGraph(head, everything);
    const graph = await history.readGraph(head, everything, [repository.sha(lost)]);
    expect(without.commits).toHaveLength(1);
    expect(changesOf(graph, repository.sha(lost)).map(({ path }) => path)).toEqual(["a.yaml"]);
  });
});

describe("a shallow clone", () => {
  function fiveCommits(): RepositoryBuilder {
    const builder = new RepositoryBuilder();
    for (const number of [1, 2, 3, 4, 5]) {
      builder.commit({
        message: `commit ${number}`,
        author: alice,
        files: { "a.yaml": `${number}`, "b.yaml": "b" },
      });
    }
    return builder;
  }

  it("marks the commit at which history was cut, with the state that it has", async () => {
    const { repository } = await writeAndOpen(fiveCommits());
    const clone = await shallowClone(repository.dir, 2);
    onTestFinished(clone.remove);
    const history = await openIsolated(clone.dir);
    const graph = await history.readGraph(await history.resolveCommit("main"), everything);
    expect(await history.isShallow()).toBe(true);
    expect(graph.commits.map(({ isBoundary }) => isBoundary)).toEqual([false, true]);
    expect(graph.commits[1]?.parents).toEqual([]);
    expect(changesOf(graph, repository.sha(":4")).map(({ path }) => path)).toEqual(["a.yaml", "b.yaml"]);
  });

  it("is none where its depth just reaches the first commit", async () => {
    const { repository } = await writeAndOpen(fiveCommits());
    const clone = await shallowClone(repository.dir, 5);
    onTestFinished(clone.remove);
    const history = await openIsolated(clone.dir);
    const graph = await history.readGraph(await history.resolveCommit("main"), everything);
    expect(await history.isShallow()).toBe(false);
    expect(graph.commits.map(({ isBoundary }) => isBoundary)).toEqual([false, false, false, false, false]);
  });

  it("has the whole history after deepening", async () => {
    const { repository } = await writeAndOpen(fiveCommits());
    const clone = await shallowClone(repository.dir, 1);
    onTestFinished(clone.remove);
    const history = await openIsolated(clone.dir);
    await history.deepen();
    const graph = await history.readGraph(await history.resolveCommit("main"), everything);
    expect(await history.isShallow()).toBe(false);
    expect(graph.commits).toHaveLength(5);
    await history.deepen(); // nothing is left to do
  });

  it("is deepened too where HEAD is a proposal's merge that no branch holds", async () => {
    const builder = fiveCommits();
    builder.branch("feature", ":3");
    builder.commit({ branch: "feature", message: "feature", author: bob, files: { "b.yaml": "2" } });
    builder.ref("refs/pull/1/merge", "main");
    builder.commit({
      branch: "refs/pull/1/merge",
      parents: ["main", "feature"],
      message: "Merge",
      author: bob,
    });
    const { repository } = await writeAndOpen(builder);
    const clone = await shallowClone(repository.dir, 1);
    onTestFinished(clone.remove);
    await clone.git(
      "fetch",
      "--quiet",
      "--depth=1",
      "origin",
      "+refs/pull/1/merge:refs/remotes/pull/1/merge",
    );
    await clone.git("checkout", "--quiet", "--detach", "refs/remotes/pull/1/merge");
    const history = await openIsolated(clone.dir);
    await history.deepen();
    const graph = await history.readGraph(await history.resolveCommit("HEAD"), everything);
    expect(await history.isShallow()).toBe(false);
    expect(graph.commits).toHaveLength(7);
  });

  it("says what to do where its remote is gone, without the token in its URL", async () => {
    const { repository } = await writeAndOpen(fiveCommits());
    const clone = await shallowClone(repository.dir, 1);
    onTestFinished(clone.remove);
    await clone.git("remote", "set-url", "origin", "http://user:s3cr3t-token@127.0.0.1:9/none.git");
    const history = await openIsolated(clone.dir);
    const error = await history.deepen().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: "deepen-failed",
      mend: expect.stringContaining("git fetch --unshallow"),
    });
    expect(JSON.stringify([error, String(error), `${(error as Error).cause}`])).not.toContain("s3cr3t");
    await clone.git("remote", "remove", "origin");
    await expect(history.deepen()).rejects.toMatchObject({ code: "deepen-failed" });
  });
});

async function diffAgainstFirstParent(repository: TestRepository, sha: string) {
  const parents = (await repository.git("rev-list", "--parents", "-1", sha)).split(" ").slice(1);
  const range = parents[0] === undefined ? ["--root", sha] : [parents[0], sha];
  const output = await repository.git(
    "diff-tree",
    "-r",
    "--no-renames",
    "--no-commit-id",
    ...range,
    "--",
    "deploy",
  );
  return output
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const [, , previous, blob, , path] = line.split(/[ \t]/);
      return { path, blob: orNull(blob), previousBlob: orNull(previous) };
    });
}

function orNull(blob: string | undefined): string | null {
  return blob === undefined || /^0+$/.test(blob) ? null : blob;
}
