import { expect, it } from "vitest";
import { readAhead } from "../../../src/adapters/git/read-ahead.ts";
import { RepositoryBuilder } from "../../support/repository/build-repository.ts";
import { alice, everything, under, writeAndOpen } from "./open-history.ts";

function threeCommits(): RepositoryBuilder {
  const builder = new RepositoryBuilder();
  for (const text of ["1", "2", "3"]) {
    builder.commit({ message: text, author: alice, files: { "deploy/a.yaml": text, "b.yaml": text } });
  }
  return builder;
}

it("gives the graph that is read without it", async () => {
  const { history } = await writeAndOpen(threeCommits());
  const head = await history.resolveCommit("main");
  const expected = await history.readGraph(head, everything);
  using _ = history.anticipateGraph(head, everything);
  expect(await history.readGraph(head, everything)).toEqual(expected);
  expect(await history.readGraph(head, everything)).toEqual(expected);
});

it("changes nothing where another graph is read than was expected", async () => {
  const { history } = await writeAndOpen(threeCommits());
  const head = await history.resolveCommit("main");
  const expected = await history.readGraph(head, under("deploy"));
  using _ = history.anticipateGraph(head, everything);
  expect(await history.readGraph(head, under("deploy"))).toEqual(expected);
});

it("leaves a failure to whoever reads the graph", async () => {
  const { history } = await writeAndOpen(threeCommits());
  const missing = "dead".repeat(10);
  using _ = history.anticipateGraph(missing, everything);
  await expect(history.readGraph(missing, everything)).rejects.toMatchObject({ code: "object-missing" });
});

it("ends the process that nobody reads after all", async () => {
  const ended = Promise.withResolvers<void>();
  const ahead = readAhead(async function* (signal) {
    signal.addEventListener("abort", () => ended.resolve());
    yield Buffer.from("begun");
    await ended.promise;
    signal.throwIfAborted();
  });
  ahead.drop();
  await ended.promise;
});
