import { randomBytes } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { RepositoryBuilder } from "../../support/repository/build-repository.ts";
import { cloneRepository } from "../../support/repository/shallow-clone.ts";
import { alice, everything, openIsolated, readTexts, writeAndOpen } from "./open-history.ts";

describe("reading blobs", () => {
  it("gives every content byte for byte, in the order asked for, as often as asked for", async () => {
    const contents = [
      Buffer.alloc(0),
      Buffer.from("\n"),
      Buffer.from("a\0b\nc blob 3\n"),
      Buffer.from([0xff, 0xfe, 0x00]),
      randomBytes(3_000_000),
      ...Array.from({ length: 300 }, (_, index) => Buffer.from(`${index}\n`.repeat(index))),
    ];
    const builder = new RepositoryBuilder();
    builder.commit({
      message: "one",
      author: alice,
      files: Object.fromEntries(contents.map((content, index) => [`${index}.yaml`, content])),
    });
    const { repository, history } = await writeAndOpen(builder);
    const names = contents.map((_, index) => `main:${index}.yaml`);
    const ids = (await repository.git("rev-parse", ...names)).split("\n");
    const order = [...ids.keys(), 4, 0, 4].toReversed();
    const read: { blob: string; content: Buffer }[] = [];
    for await (const blob of history.readBlobs(order.map((index) => ids[index] ?? ""))) read.push(blob);
    expect(read.map(({ blob }) => blob)).toEqual(order.map((index) => ids[index]));
    expect(read.every(({ content }, at) => content.equals(contents[order[at] ?? 0] ?? Buffer.alloc(0)))).toBe(
      true,
    );
    expect(await readTexts(history, [])).toEqual([]);
  });

  it("gives readers that read the same blobs at once each its own order", async () => {
    const builder = new RepositoryBuilder();
    const texts = Array.from({ length: 400 }, (_, index) => `${index}\n`.repeat(300));
    const files = Object.fromEntries(texts.map((text, index) => [`${index}.yaml`, text]));
    builder.commit({ message: "one", author: alice, files });
    const { repository, history } = await writeAndOpen(builder);
    const ids = (await repository.git("rev-parse", ...texts.map((_, index) => `main:${index}.yaml`))).split(
      "\n",
    );
    const everySecond = ids.filter((_, index) => index % 2 === 0);

    const orders = [ids, ids.toReversed(), everySecond, [...everySecond, ...ids], ids];
    const read = await Promise.all(orders.map((order) => readTexts(history, order)));

    const textOf = new Map(ids.map((id, index) => [id, texts[index]]));
    expect(read).toEqual(orders.map((order) => order.map((id) => textOf.get(id))));
  });

  it("may be ended early", async () => {
    const builder = new RepositoryBuilder();
    builder.commit({ message: "one", author: alice, files: { a: randomBytes(2_000_000), b: "b" } });
    const { repository, history } = await writeAndOpen(builder);
    const ids = (await repository.git("rev-parse", "main:a", "main:b")).split("\n");
    for await (const { content } of history.readBlobs(ids)) {
      expect(content).toHaveLength(2_000_000);
      break;
    }
    expect(await readTexts(history, ids.slice(1))).toEqual(["b"]);
  });

  it("names an object that is missing, or is no blob", async () => {
    const builder = new RepositoryBuilder();
    builder.commit({ message: "one", author: alice, files: { a: "a" } });
    const { repository, history } = await writeAndOpen(builder);
    const missing = "dead".repeat(10);
    await expect(readTexts(history, [missing])).rejects.toMatchObject({
      code: "object-missing",
      where: { object: missing },
    });
    await expect(readTexts(history, [repository.sha(":1")])).rejects.toMatchObject({
      code: "object-missing",
    });
  });

  it("fails where the history lacks an object, rather than to read less of it", async () => {
    const builder = new RepositoryBuilder();
    builder.commit({ message: "one", author: alice, files: { a: "a" } });
    builder.commit({ message: "two", author: alice, files: { a: "b" } });
    const { repository, history } = await writeAndOpen(builder);
    const head = await history.resolveCommit("main");
    const lost = repository.sha(":1");
    await rm(join(repository.dir, ".git", "objects", lost.slice(0, 2), lost.slice(2)));
    await expect(history.readGraph(head, everything)).rejects.toMatchObject({ code: "object-missing" });
  });
});

describe("a partial clone", () => {
  async function partialClone(filter: string) {
    const builder = new RepositoryBuilder();
    for (const number of [1, 2, 3]) {
      builder.commit({
        message: `${number}`,
        author: alice,
        files: { "a.yaml": `${number}`, "b/c.yaml": "c" },
      });
    }
    const { repository } = await writeAndOpen(builder);
    await repository.git("config", "uploadpack.allowFilter", "true");
    await repository.git("config", "uploadpack.allowAnySHA1InWant", "true");
    const clone = await cloneRepository(repository.dir, `--filter=${filter}`, "--no-checkout");
    onTestFinished(clone.remove);
    return { repository, clone, history: await openIsolated(clone.dir) };
  }

  it("reads the graph without the network, and fetches the blobs it lacks in one go", async () => {
    const { repository, clone, history } = await partialClone("blob:none");
    const graph = await history.readGraph(await history.resolveCommit("main"), everything);
    expect(graph.changes).toHaveLength(4);
    expect(
      await readTexts(
        history,
        graph.changes.map(({ blob }) => blob ?? ""),
      ),
    ).toEqual(["3", "2", "1", "c"]);
    repository.remove(); // from here on nothing can be fetched
    expect(
      await readTexts(
        history,
        graph.changes.map(({ blob }) => blob ?? ""),
      ),
    ).toEqual(["3", "2", "1", "c"]);
    expect(await clone.git("rev-list", "--objects", "--missing=print", "main")).not.toContain("?");
  });

  it("says so where it cannot fetch them", async () => {
    const { repository, history } = await partialClone("blob:none");
    const graph = await history.readGraph(await history.resolveCommit("main"), everything);
    repository.remove();
    await expect(
      readTexts(
        history,
        graph.changes.map(({ blob }) => blob ?? ""),
      ),
    ).rejects.toMatchObject({
      code: "fetch-failed",
      mend: expect.stringContaining("--filter"),
    });
  });

  it("without trees is refused with what to run, not fetched tree by tree", async () => {
    const { history } = await partialClone("tree:0");
    const head = await history.resolveCommit("main");
    await expect(history.readGraph(head, everything)).rejects.toMatchObject({
      code: "object-missing",
      mend: expect.stringContaining("git fetch --refetch --filter=blob:none"),
    });
  });
});
