import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { UNCOMMITTED } from "../../../src/model/commit.ts";
import { type CommitInput, RepositoryBuilder } from "../../support/repository/build-repository.ts";
import { runGit } from "../../support/repository/run-git.ts";
import { alice, bob, carol, openIsolated, writeAndOpen } from "./open-history.ts";

const github = { name: "GitHub", email: "noreply@github.com" };
const origin = { remotes: { origin: "https://x-access-token:s3cr3t@github.com/acme/shop.git" } };

async function describeOne(input: CommitInput) {
  const builder = new RepositoryBuilder();
  builder.commit({ ...input, branch: "main" });
  const { repository, history } = await writeAndOpen(builder, origin);
  const [described] = await history.describeCommits([repository.sha(":1")], repository.sha(":1"));
  return described;
}

describe("describing commits", () => {
  it("gives author, dates and subject, in the order asked for, as often as asked for", async () => {
    const builder = new RepositoryBuilder();
    const first = builder.commit({
      message: "route /api\nto the new service\n\nLong story.",
      author: alice,
      committer: bob,
      authoredAt: "2025-03-04T05:06:07+02:00",
      committedAt: "2025-03-05T00:00:00Z",
    });
    const second = builder.commit({ message: "two", author: bob });
    const { repository, history } = await writeAndOpen(builder);
    const [one, two] = [repository.sha(first), repository.sha(second)];
    const described = await history.describeCommits([two, one, two], two);
    expect(described.map(({ sha }) => sha)).toEqual([two, one, two]);
    expect(described[1]).toEqual({
      sha: one,
      author: { ...alice, login: null },
      coAuthors: [],
      authoredAt: "2025-03-04T03:06:07Z",
      committedAt: "2025-03-05T00:00:00Z",
      subject: "route /api to the new service",
      pullRequest: null,
    });
    expect(await history.describeCommits([], two)).toEqual([]);
  });

  it("stands in for what is not committed", async () => {
    const builder = new RepositoryBuilder();
    builder.commit({ message: "one", author: alice });
    const { repository } = await writeAndOpen(builder);
    const now = new Date("2025-01-02T03:04:05.678Z");
    const history = await openIsolated(repository.dir, { now: () => now });
    const sha = repository.sha(":1");
    const [uncommitted, committed] = await history.describeCommits([UNCOMMITTED, sha], sha);
    expect(uncommitted).toMatchObject({
      sha: UNCOMMITTED,
      author: { name: "Not committed yet", email: "" },
      authoredAt: "2025-01-02T03:04:05Z",
    });
    expect(committed?.author.name).toBe("Alice");
    expect(await history.describeCommits([UNCOMMITTED], sha)).toEqual([uncommitted]);
  });

  it("names a commit that is missing", async () => {
    const builder = new RepositoryBuilder();
    builder.commit({ message: "one", author: alice });
    const { repository, history } = await writeAndOpen(builder);
    await expect(history.describeCommits(["dead".repeat(10)], repository.sha(":1"))).rejects.toMatchObject({
      code: "object-missing",
    });
  });
});

describe("people", () => {
  it("are co-authors by their trailers, each once, without the author", async () => {
    const described = await describeOne({
      author: alice,
      message:
        "pair work\n\nCo-authored-by: Not A Trailer <no@example.com> is text here\n\nReviewed-by: Dave <dave@example.com>\n" +
        "Co-authored-by: Bob <bob@example.com>\nco-authored-by: Carol <carol@example.com>\n" +
        "Co-Authored-By: Bobby <BOB@example.com>\nCo-authored-by: Alice <alice@example.com>\nCo-authored-by: nonsense\n",
    });
    expect(described?.coAuthors).toEqual([
      { ...bob, login: null },
      { ...carol, login: null },
    ]);
  });

  it("are unified by the audited commit's .mailmap, not by the work tree's or the user's", async () => {
    const builder = new RepositoryBuilder();
    const work = builder.commit({
      message: "work\n\nCo-authored-by: bobby <bob@old.example.com>",
      author: { name: "al", email: "ALICE@old.example.com" },
    });
    const head = builder.commit({
      message: "mailmap",
      author: bob,
      files: {
        ".mailmap":
          "Alice <alice@example.com> <alice@old.example.com>\nBob <bob@example.com> <bob@old.example.com>\n",
      },
    });
    const { repository, history } = await writeAndOpen(builder, { checkout: true });
    const wrong =
      "Mallory <mallory@example.com> <alice@old.example.com>\nMallory <m@x> <alice@example.com>\n";
    await writeFile(join(repository.dir, ".mailmap"), wrong);
    await writeFile(join(repository.dir, "users-mailmap"), wrong);
    await repository.git("config", "core.worktree", repository.dir);
    await repository.git("config", "mailmap.file", join(repository.dir, "users-mailmap"));
    const sha = repository.sha(work);
    const [mapped] = await history.describeCommits([sha], repository.sha(head));
    expect(mapped).toMatchObject({ author: alice, coAuthors: [bob] });
    const [unmapped] = await history.describeCommits([sha], sha);
    expect(unmapped).toMatchObject({
      author: { name: "al", email: "ALICE@old.example.com" },
      coAuthors: [{ name: "bobby", email: "bob@old.example.com" }],
    });
  });

  it("have no login, which only a forge can prove", async () => {
    const described = await describeOne({
      message: "x",
      author: { name: "octocat", email: "1+octocat@users.noreply.github.com" },
    });
    expect(described?.author.login).toBeNull();
  });
});

describe("pull requests", () => {
  function merged(message: string, inner = "change web") {
    const builder = new RepositoryBuilder();
    builder.commit({ message: "base", author: alice, files: { "a.yaml": "1" } });
    builder.branch("feature", "main");
    const change = builder.commit({
      branch: "feature",
      message: inner,
      author: bob,
      files: { "a.yaml": "2" },
    });
    builder.commit({ message: "meanwhile", author: carol });
    const merge = builder.merge({ into: "main", from: "feature", message, author: carol });
    builder.commit({ message: "later", author: alice });
    return { builder, change, merge };
  }

  async function pullRequestOf(
    { builder, change }: Pick<ReturnType<typeof merged>, "builder" | "change">,
    url?: string,
  ) {
    const remotes = url === undefined ? origin : { remotes: { origin: url } };
    const { repository, history } = await writeAndOpen(builder, remotes);
    const head = await history.resolveCommit("main");
    return (await history.describeCommits([repository.sha(change)], head))[0]?.pullRequest ?? null;
  }

  it("are found in the merge that brought a commit, with its page and without the remote's token", async () => {
    expect(await pullRequestOf(merged("Merge pull request #12 from bob/feature\n\nChange web"))).toEqual({
      number: 12,
      url: "https://github.com/acme/shop/pull/12",
      mergedBy: null,
      approvedBy: [],
    });
  });

  it("are GitLab's merge requests too", async () => {
    const history = merged(
      "Merge branch 'feature' into 'main'\n\nChange web\n\nSee merge request acme/shop/web!34",
    );
    expect(await pullRequestOf(history, "git@gitlab.example.com:acme/shop/web.git")).toMatchObject({
      number: 34,
      url: "https://gitlab.example.com/acme/shop/web/-/merge_requests/34",
    });
  });

  it.each([
    ["Merge pull request 'Change web' (#5) from bob/feature into main", 5],
    ["Merge pull request #6 in SHOP/web from feature to main", 6],
    ["Merged in feature (pull request #7)", 7],
    ["Merged PR 8: Change web", 8],
  ])("are known by the words %j, without a page where the forge is not known", async (message, number) => {
    expect(
      await pullRequestOf(merged(message), "ssh://git@git.example.com:7999/acme/shop.git"),
    ).toMatchObject({
      number,
      url: null,
    });
  });

  it("are none for a plain merge, nor for a commit made on the branch itself", async () => {
    expect(await pullRequestOf(merged("Merge branch 'feature'"))).toBeNull();
    const { builder } = merged("Merge pull request #12 from bob/feature");
    expect(await pullRequestOf({ builder, change: ":1" })).toBeNull();
    expect(await pullRequestOf({ builder, change: ":3" })).toBeNull();
  });

  it("are those by which a commit first reached the audited one, through branches of branches", async () => {
    const { builder, change } = merged("Merge branch 'feature'");
    const outer = new RepositoryBuilder();
    outer.commit({ message: "base", author: alice, files: { "a.yaml": "1" } });
    outer.branch("develop", "main");
    outer.branch("feature", "develop");
    const inner = outer.commit({
      branch: "feature",
      message: "change",
      author: bob,
      files: { "a.yaml": "2" },
    });
    outer.commit({ branch: "develop", message: "other", author: carol });
    outer.merge({
      into: "develop",
      from: "feature",
      message: "Merge pull request #3 from bob/feature",
      author: carol,
    });
    outer.merge({ into: "main", from: "develop", message: "Merge branch 'develop'", author: carol });
    outer.branch("next", "main");
    outer.commit({ branch: "next", message: "next", author: bob });
    outer.merge({
      into: "main",
      from: "next",
      message: "Merge pull request #4 from bob/next",
      author: carol,
    });
    expect(await pullRequestOf({ builder: outer, change: inner })).toMatchObject({ number: 3 });
    expect(await pullRequestOf({ builder, change })).toBeNull();
  });

  it("are the squash's own number; a number in the subject of a merged commit may be an issue's", async () => {
    const squash = await describeOne({ message: "change web (#21)", author: bob, committer: github });
    expect(squash?.pullRequest).toMatchObject({ number: 21, url: "https://github.com/acme/shop/pull/21" });
    const reverted = await describeOne({ message: 'Revert "change web (#21)"', author: bob });
    expect(reverted?.pullRequest).toBeNull();
    const numbered = merged("Merge pull request #12 from bob/feature", "fix login (#7)");
    expect(await pullRequestOf(numbered)).toMatchObject({ number: 12 });
    expect(await pullRequestOf(merged("Merge branch 'feature'", "fix login (#7)"))).toMatchObject({
      number: 7,
    });
  });

  it("belong to the merge commit itself as well", async () => {
    const { builder, merge } = merged("Merge pull request #12 from bob/feature");
    expect(await pullRequestOf({ builder, change: merge })).toMatchObject({ number: 12 });
  });
});

describe("hostile commits", () => {
  it("survive as text: control characters, no subject, a very long one, markup and separators", async () => {
    const messages = [
      "\u001b[31mred\u001b[0m ::error::x <script>\u202e",
      "",
      "x".repeat(500_000),
      "deadbeef 00 \\0 %x00 %H",
      "\n\n\nlate subject",
      "a\rb",
    ];
    const builder = new RepositoryBuilder();
    const labels = messages.map((message) => builder.commit({ message, author: alice }));
    const { repository, history } = await writeAndOpen(builder);
    const shas = labels.map((label) => repository.sha(label));
    const described = await history.describeCommits(shas, await history.resolveCommit("main"));
    expect(described.map(({ subject }) => subject)).toEqual([
      messages[0],
      "",
      messages[2],
      messages[3],
      "late subject",
      "a\rb",
    ]);
  });

  it("survive bytes that are not UTF-8, NULs, absurd dates and empty names", async () => {
    const builder = new RepositoryBuilder();
    builder.commit({
      message: Buffer.from([0x61, 0xff, 0x62, 0x00, 0x63, 0x0a, 0x00, 0x0a]),
      author: { name: Buffer.from([0xe4, 0x6c]), email: "a@x" },
    });
    builder.commit({ message: "next", author: alice });
    const { repository } = await writeAndOpen(builder);
    const tree = await repository.git("rev-parse", "main^{tree}");
    const raw = `tree ${tree}\nparent ${repository.sha(":2")}\nauthor  <> 99999999999999999 +0000\ncommitter x\n\nodd\n`;
    const odd = await runGit(
      repository.dir,
      ["hash-object", "-t", "commit", "-w", "--literally", "--stdin"],
      raw,
    );
    await repository.git("update-ref", "refs/heads/main", odd);
    const history = await openIsolated(repository.dir);
    const graph = await history.readGraph(odd, { pathspecs: [], matches: () => true });
    const described = await history.describeCommits([odd, repository.sha(":2"), repository.sha(":1")], odd);
    expect(graph.commits.map(({ sha }) => sha)).toEqual([odd, repository.sha(":2"), repository.sha(":1")]);
    expect(graph.commits[0]?.parents).toEqual([1]);
    expect(described).toMatchObject([
      { sha: odd, subject: "odd", author: { name: "", email: "" }, authoredAt: "1970-01-01T00:00:00Z" },
      { subject: "next", author: alice },
      { subject: "a\ufffdb", author: { name: "\ufffdl" } },
    ]);
  });
});

describe("the repository's name", () => {
  it.each([
    ["https://github.com/acme/shop.git", "acme/shop"],
    ["https://user:token@github.com/acme/shop", "acme/shop"],
    ["git@github.com:acme/shop.git", "acme/shop"],
    ["ssh://git@git.example.com:7999/acme/shop.git/", "acme/shop"],
    ["git@gitlab.com:group/sub/shop.git", "group/sub/shop"],
    ["/srv/git/shop.git", null],
    ["../shop", null],
    ["file:///srv/git/shop.git", null],
    ["C:/git/shop", null],
    ["https://github.com/<script>/x", null],
  ])("of %s is %s", async (url, name) => {
    const builder = new RepositoryBuilder();
    builder.commit({ message: "one", author: alice });
    const { history } = await writeAndOpen(builder, { remotes: { origin: url } });
    expect(await history.repositoryName()).toBe(name);
  });

  it("is unknown without an origin", async () => {
    const builder = new RepositoryBuilder();
    builder.commit({ message: "one", author: alice });
    const { history } = await writeAndOpen(builder);
    expect(await history.repositoryName()).toBeNull();
  });
});
