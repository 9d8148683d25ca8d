import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { RepositoryBuilder } from "./build-repository.ts";

const alice = { name: "Alice", email: "alice@example.com" };
const bob = { name: "Bob", email: "bob@example.com" };

describe("the repository builder", () => {
  it("merges by laying what the branch changed since the merge base over the branch that it goes into", async () => {
    const builder = new RepositoryBuilder();
    builder.commit({
      message: "base",
      author: alice,
      files: { kept: "1", both: "1", dropped: "1", theirs: "1" },
    });
    builder.branch("feature", "main");
    builder.commit({
      branch: "feature",
      message: "f",
      author: bob,
      files: { both: "f", dropped: null, added: "f" },
    });
    builder.commit({ message: "m", author: alice, files: { both: "m", theirs: "m" } });
    const merge = builder.merge({
      into: "main",
      from: "feature",
      message: "Merge",
      author: alice,
      files: { own: "x" },
    });
    using repository = await builder.write();
    expect(Object.fromEntries(builder.filesAt("main"))).toEqual({
      kept: "1",
      both: "f",
      theirs: "m",
      added: "f",
      own: "x",
    });
    for (const [path, content] of builder.filesAt("main")) {
      expect(await repository.git("show", `${repository.sha(merge)}:${path}`)).toBe(content);
    }
    expect(await repository.git("rev-list", "--parents", "-1", "main")).toBe(
      [merge, ":3", ":2"].map((label) => repository.sha(label as `:${number}`)).join(" "),
    );
  });

  it("squashes to one parent, with the author and the committer given", async () => {
    const builder = new RepositoryBuilder();
    builder.commit({ message: "base", author: alice, files: { a: "1" } });
    builder.branch("feature", "main");
    builder.commit({ branch: "feature", message: "f", author: bob, files: { a: "2" } });
    builder.merge({
      into: "main",
      from: "feature",
      squash: true,
      message: "f (#1)",
      author: bob,
      committer: alice,
    });
    using repository = await builder.write();
    expect(await repository.git("log", "-1", "--format=%an %cn %s", "main")).toBe("Bob Alice f (#1)");
    expect((await repository.git("rev-list", "--parents", "-1", "main")).split(" ")).toHaveLength(2);
    expect(await repository.git("show", "main:a")).toBe("2");
  });

  it("goes on in a repository that is on disk, commit by commit", async () => {
    const builder = new RepositoryBuilder();
    builder.commit({ message: "one", author: alice, files: { a: "1" }, links: { link: "a" } });
    using repository = await builder.write({ checkout: true });
    expect(await readFile(join(repository.dir, "link"), "utf8")).toBe("1");
    const second = await repository.commit({ message: "two", author: bob, files: { a: "2" } });
    expect(await repository.git("rev-parse", "main")).toBe(second);
    await repository.branch("feature", "main");
    const third = await repository.commit({
      branch: "feature",
      message: "three",
      author: bob,
      files: { a: "3" },
    });
    const merge = await repository.merge({ into: "main", from: "feature", message: "Merge", author: alice });
    await repository.ref("refs/pull/1/head", "feature");
    expect(await repository.git("rev-parse", "refs/pull/1/head")).toBe(third);
    expect(await repository.git("rev-list", "--parents", "-1", "main")).toBe(`${merge} ${second} ${third}`);
    await repository.checkout("main");
    expect(await readFile(join(repository.dir, "a"), "utf8")).toBe("3");
    expect(await repository.git("fsck", "--strict")).toBe("");
  });
});
