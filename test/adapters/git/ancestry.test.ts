import { describe, expect, it, onTestFinished } from "vitest";
import { type Label, RepositoryBuilder } from "../../support/repository/build-repository.ts";
import { shallowClone } from "../../support/repository/shallow-clone.ts";
import { alice, bob, openIsolated, writeAndOpen } from "./open-history.ts";

/** first ← main's second, and first ← feature's change, merged by `merge`. */
function forked() {
  const builder = new RepositoryBuilder();
  const first = builder.commit({ message: "add", author: alice, files: { "a.yaml": "1" } });
  builder.branch("feature", first);
  const second = builder.commit({ message: "move on", author: alice, files: { "a.yaml": "2" } });
  const change = builder.commit({
    branch: "feature",
    message: "change",
    author: bob,
    files: { "b.yaml": "1" },
  });
  const merge = builder.merge({ into: "main", from: "feature", message: "Merge", author: alice });
  return { builder, first, second, change, merge };
}

describe("a commit's parents", () => {
  it("come in Git's order", async () => {
    const { builder, first, second, change, merge } = forked();
    const { repository, history } = await writeAndOpen(builder);
    expect(await history.parentsOf(repository.sha(merge))).toEqual([
      repository.sha(second),
      repository.sha(change),
    ]);
    expect(await history.parentsOf(repository.sha(first))).toEqual([]);
  });

  it("are known where a shallow clone lacks them", async () => {
    const { builder, second, change, merge } = forked();
    const { repository } = await writeAndOpen(builder);
    const clone = await shallowClone(repository.dir, 1);
    onTestFinished(() => clone.remove());
    const history = await openIsolated(clone.dir);
    expect(await history.parentsOf(repository.sha(merge))).toEqual([
      repository.sha(second),
      repository.sha(change),
    ]);
  });

  it("of a commit that is not there are an error, and not none", async () => {
    const { history } = await writeAndOpen(forked().builder);
    await expect(history.parentsOf("1".repeat(40))).rejects.toMatchObject({ code: "object-missing" });
  });
});

describe("the merge base", () => {
  it("is where two histories part", async () => {
    const { builder, first, second, change, merge } = forked();
    const { repository, history } = await writeAndOpen(builder);
    const sha = (label: Label) => repository.sha(label);
    expect(await history.mergeBase(sha(second), sha(change))).toBe(sha(first));
    expect(await history.mergeBase(sha(merge), sha(change))).toBe(sha(change));
  });

  it("of histories that share nothing is none", async () => {
    const { builder, first } = forked();
    const { repository, history } = await writeAndOpen(builder);
    const orphan = (await repository.git("commit-tree", "-m", "orphan", "main^{tree}")).trim();
    expect(await history.mergeBase(repository.sha(first), orphan)).toBeNull();
  });

  it("with a commit that is not there is an error, and not none", async () => {
    const { builder, first } = forked();
    const { repository, history } = await writeAndOpen(builder);
    await expect(history.mergeBase(repository.sha(first), "1".repeat(40))).rejects.toThrow("1111111");
  });
});
