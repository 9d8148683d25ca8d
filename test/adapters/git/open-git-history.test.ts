import { access, chmod, chown, mkdir, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { checkVersion } from "../../../src/adapters/git/find-repository.ts";
import { RepositoryBuilder, type TestRepository } from "../../support/repository/build-repository.ts";
import { runGit } from "../../support/repository/run-git.ts";
import { removeFolder, temporaryFolder } from "../../support/repository/temporary-folder.ts";
import { alice, bob, everything, openIsolated, under, writeAndOpen } from "./open-history.ts";

function oneCommit(): RepositoryBuilder {
  const builder = new RepositoryBuilder();
  builder.commit({ message: "add web", author: alice, files: { "deploy/web.yaml": "web" } });
  return builder;
}

async function emptyFolder(): Promise<string> {
  const folder = await temporaryFolder();
  onTestFinished(() => removeFolder(folder));
  return folder;
}

afterEach(() => vi.unstubAllEnvs());

describe("opening a repository", () => {
  it("works from a folder below the work tree's root, with paths from the root", async () => {
    const { repository } = await writeAndOpen(oneCommit(), { checkout: true });
    const history = await openIsolated(join(repository.dir, "deploy"));
    const sha = await history.resolveCommit("main");
    const listed = await history.listFiles({ kind: "commit", sha }, everything);
    const onDisk = await history.listFiles({ kind: "worktree" }, everything);
    expect(listed.files.map((file) => file.path)).toEqual(["deploy/web.yaml"]);
    expect(onDisk.files).toEqual(listed.files);
  });

  it("works in a bare repository, which has no work tree to list", async () => {
    const { history } = await writeAndOpen(oneCommit(), { bare: true });
    const sha = await history.resolveCommit("main");
    expect((await history.readGraph(sha, everything)).commits).toHaveLength(1);
    await expect(history.listFiles({ kind: "worktree" }, everything)).rejects.toMatchObject({
      code: "no-worktree",
    });
  });

  it("works in a linked work tree, whose files are its own", async () => {
    const { repository } = await writeAndOpen(oneCommit());
    const linked = await emptyFolder();
    await repository.git("worktree", "add", "--quiet", join(linked, "tree"), "-b", "other", "main");
    await writeFile(join(linked, "tree", "new.yaml"), "new");
    const history = await openIsolated(join(linked, "tree"));
    const { files } = await history.listFiles({ kind: "worktree" }, everything);
    expect(files.map((file) => file.path)).toEqual(["deploy/web.yaml", "new.yaml"]);
  });

  it("works where the configured work tree is not there, which cannot be listed then", async () => {
    const { repository } = await writeAndOpen(oneCommit());
    await repository.git("config", "core.worktree", join(repository.dir, "gone"));
    const history = await openIsolated(repository.dir);
    expect(await history.resolveCommit("main")).toBe(repository.sha(":1"));
    await expect(history.listFiles({ kind: "worktree" }, everything)).rejects.toMatchObject({
      code: "no-worktree",
    });
  });

  it("works where object ids are sha256", async () => {
    const { history } = await writeAndOpen(oneCommit(), { objectFormat: "sha256", checkout: true });
    const sha = await history.resolveCommit("main");
    const graph = await history.readGraph(sha, everything);
    const committed = await history.listFiles({ kind: "commit", sha }, everything);
    const onDisk = await history.listFiles({ kind: "worktree" }, everything);
    expect(sha).toHaveLength(64);
    expect(graph.changes).toMatchObject([{ blob: committed.files[0]?.blob, previousBlob: null }]);
    expect(onDisk.files).toEqual(committed.files);
  });

  it("refuses a folder that is in no repository, and one that does not exist", async () => {
    const folder = await emptyFolder();
    await expect(openIsolated(folder)).rejects.toMatchObject({ code: "not-a-repository" });
    await writeFile(join(folder, "web.yaml"), "web");
    await expect(openIsolated(join(folder, "web.yaml"))).rejects.toMatchObject({
      code: "not-a-repository",
      message: expect.stringContaining("it is a file"),
    });
    await expect(openIsolated(join(folder, "gone"))).rejects.toMatchObject({
      code: "not-a-repository",
      message: expect.stringContaining("does not exist"),
    });
  });

  it("says so where git is not installed", async () => {
    vi.stubEnv("PATH", await emptyFolder());
    await expect(openIsolated(await emptyFolder())).rejects.toMatchObject({ code: "git-missing" });
  });

  it("says so where git is too old", async () => {
    const bin = await emptyFolder();
    await writeFile(join(bin, "git"), "#!/bin/sh\necho git version 2.30.9\n");
    await chmod(join(bin, "git"), 0o755);
    vi.stubEnv("PATH", `${bin}${delimiter}${process.env.PATH}`);
    await expect(openIsolated(await emptyFolder())).rejects.toMatchObject({ code: "git-too-old" });
  });

  it.each(["git version 2.31.0", "git version 2.39.5 (Apple Git-154)", "git version 3.0.0.windows.1"])(
    "takes %s",
    (answer) => {
      expect(() => checkVersion(answer)).not.toThrow();
    },
  );

  it.runIf(process.getuid?.() === 0)(
    "refuses another user's repository as git does, and says what to run",
    async () => {
      const { repository } = await writeAndOpen(oneCommit());
      await chown(repository.dir, 12345, 12345);
      await chown(join(repository.dir, ".git"), 12345, 12345);
      await expect(openIsolated(repository.dir)).rejects.toMatchObject({
        code: "dubious-ownership",
        mend: expect.stringContaining(`git config --global --add safe.directory ${repository.dir}`),
      });
    },
  );

  it.runIf(process.getuid?.() === 0)(
    "reads another user's repository where the environment trusts it",
    async () => {
      const { repository } = await writeAndOpen(oneCommit());
      await chown(join(repository.dir, ".git"), 12345, 12345);
      await chown(repository.dir, 12345, 12345);
      vi.stubEnv("GIT_CONFIG_COUNT", "1");
      vi.stubEnv("GIT_CONFIG_KEY_0", "safe.directory");
      vi.stubEnv("GIT_CONFIG_VALUE_0", "*");
      const history = await openIsolated(repository.dir);
      const sha = await history.resolveCommit("main");
      expect((await history.readGraph(sha, everything)).commits).toHaveLength(1);
    },
  );

  it("reads the folder it was given, whatever repository a hook's environment points to", async () => {
    const { repository } = await writeAndOpen(oneCommit());
    const folder = await emptyFolder();
    vi.stubEnv("GIT_DIR", join(repository.dir, ".git"));
    vi.stubEnv("GIT_INDEX_FILE", join(repository.dir, "nothing"));
    await expect(openIsolated(folder)).rejects.toMatchObject({ code: "not-a-repository" });
  });

  it("ends its git processes when the signal aborts", async () => {
    const { repository } = await writeAndOpen(oneCommit());
    const controller = new AbortController();
    const history = await openIsolated(repository.dir, { signal: controller.signal });
    const sha = await history.resolveCommit("main");
    controller.abort(new Error("enough"));
    await expect(history.readGraph(sha, everything)).rejects.toThrow("enough");
    await expect(history.resolveCommit("main")).rejects.toThrow("enough");
  });
});

describe("resolving a commit", () => {
  it("takes branches, tags, remote branches, short and full ids", async () => {
    const builder = oneCommit();
    builder.ref("refs/remotes/origin/main", "main");
    const { repository, history } = await writeAndOpen(builder);
    await repository.git("tag", "-a", "-m", "one", "v1", "main");
    const sha = repository.sha(":1");
    for (const revision of [
      "main",
      "HEAD",
      "v1",
      "origin/main",
      sha,
      sha.slice(0, 8),
      "refs/heads/main",
      ":/add web",
    ]) {
      expect(await history.resolveCommit(revision)).toBe(sha);
    }
  });

  it("suggests the remote's branch where the local one is missing", async () => {
    const builder = new RepositoryBuilder();
    builder.commit({ branch: "refs/remotes/origin/main", message: "one", author: alice });
    const { history } = await writeAndOpen(builder);
    await expect(history.resolveCommit("main")).rejects.toMatchObject({
      code: "ref-not-found",
      mend: "Did you mean origin/main?",
    });
  });

  it("suggests what differs by a slip", async () => {
    const { history } = await writeAndOpen(oneCommit());
    await expect(history.resolveCommit("mian")).rejects.toMatchObject({ mend: "Did you mean main?" });
    await expect(history.resolveCommit("Main")).rejects.toMatchObject({ mend: "Did you mean main?" });
  });

  it("says how to fetch what nothing resembles", async () => {
    const { history } = await writeAndOpen(oneCommit());
    await expect(history.resolveCommit("release/2026")).rejects.toMatchObject({
      mend: "Fetch it first, with git fetch origin release/2026.",
    });
  });

  it.each([
    ["HEAD:deploy", "It names a file or a folder: name the commit alone, and what to audit of it as a PATH."],
    ["HEAD^{tree}", "It names a file or a folder: name the commit alone, and what to audit of it as a PATH."],
    ["HEAD~5", "HEAD is there, and what follows it leads to nothing."],
    ["HEAD:nowhere", "HEAD is there, and what follows it leads to nothing."],
    ["mian~1", "Did you mean main?"],
    ["main..HEAD", "Name one commit: a range names several."],
    ["1".repeat(40), "Fetch it first, with git fetch."],
    ["origin/feature", "Fetch it first, with git fetch origin feature."],
    ["a branch; rm -rf", "Name a branch, a tag or a commit."],
  ])("says what %s is", async (revision, mend) => {
    const builder = new RepositoryBuilder();
    builder.commit({ message: "one", author: alice, files: { "deploy/web.yaml": "web" } });
    const { history } = await writeAndOpen(builder);
    await expect(history.resolveCommit(revision)).rejects.toMatchObject({ code: "ref-not-found", mend });
  });

  it("says that a repository without commits has none", async () => {
    const { history } = await writeAndOpen(new RepositoryBuilder());
    await expect(history.resolveCommit("HEAD")).rejects.toMatchObject({
      code: "ref-not-found",
      mend: expect.stringContaining("no branch yet"),
    });
  });

  it.each([
    "",
    "-x",
    "--all",
    "--output=/tmp/x",
    "main\nother",
    "main\0",
    "main..main",
    "^main",
    "main:deploy",
  ])("refuses %j", async (revision) => {
    const { history } = await writeAndOpen(oneCommit());
    await expect(history.resolveCommit(revision)).rejects.toMatchObject({ code: "ref-not-found" });
  });
});

/** Put a signature on a branch's last commit; that it is nonsense does not keep git from checking it. */
async function sign(repository: TestRepository, branch: string): Promise<void> {
  const commit = await repository.git("cat-file", "commit", branch);
  const signature = "gpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----\n\n";
  const signed = await runGit(
    repository.dir,
    ["hash-object", "-t", "commit", "-w", "--stdin"],
    `${commit.replace("\n\n", `\n${signature}`)}\n`,
  );
  await repository.git("update-ref", `refs/heads/${branch}`, signed);
}

describe("an untrusted repository", () => {
  it("runs nothing that its configuration names, and keeps the form of the output", async () => {
    const builder = oneCommit();
    builder.commit({
      message: "attributes\n\nCo-authored-by: Bob <bob@example.com>",
      author: alice,
      files: { ".gitattributes": "*.yaml diff=evil filter=evil\n", "deploy/web.yaml": "two" },
    });
    const { repository } = await writeAndOpen(builder, { checkout: true });
    const mark = join(repository.dir, "was-run");
    const script = join(repository.dir, "evil.sh");
    await writeFile(script, `#!/bin/sh\ntouch "${mark}"\ncat\n`, { mode: 0o755 });
    await mkdir(join(repository.dir, "hooks"));
    for (const [key, value] of Object.entries({
      "core.fsmonitor": script,
      "core.pager": script,
      "pager.log": script,
      "diff.external": script,
      "diff.evil.textconv": script,
      "diff.evil.command": script,
      "filter.evil.clean": script,
      "filter.evil.smudge": script,
      "gpg.program": script,
      "log.showSignature": "true",
      "log.showRoot": "false",
      "log.follow": "true",
      "log.decorate": "full",
      "log.date": "relative",
      "diff.orderFile": join(repository.dir, "no-such-file"),
      "diff.renames": "copies",
      "diff.relative": "true",
      "color.ui": "always",
      "format.pretty": "%an%n%n",
      "i18n.logOutputEncoding": "UTF-16",
      "trailer.separators": "%",
    })) {
      await repository.git("config", key, value);
    }
    await sign(repository, "main");
    const history = await openIsolated(repository.dir);
    const sha = await history.resolveCommit("main");
    const graph = await history.readGraph(sha, under("deploy"));
    const onDisk = await history.listFiles({ kind: "worktree" }, under("deploy"));
    const [described] = await history.describeCommits([sha], sha);
    expect(graph.changes.map(({ path, previousBlob }) => [path, previousBlob === null])).toEqual([
      ["deploy/web.yaml", false],
      ["deploy/web.yaml", true],
    ]);
    expect(onDisk.files.map((file) => file.path)).toEqual(["deploy/web.yaml"]);
    expect(described).toMatchObject({ author: alice, subject: "attributes", coAuthors: [bob] });
    await expect(access(mark)).rejects.toMatchObject({ code: "ENOENT" });
  });

  it("has the history of a path, not of what the path was once renamed from", async () => {
    const builder = new RepositoryBuilder();
    builder.commit({ message: "one", author: alice, files: { "old.yaml": "1\n2\n3\n" } });
    builder.commit({ message: "move", author: alice, files: { "old.yaml": null, "new.yaml": "1\n2\n3\n" } });
    const { repository, history } = await writeAndOpen(builder);
    await repository.git("config", "log.follow", "true");
    const graph = await history.readGraph(repository.sha(":2"), {
      pathspecs: ["new.yaml"],
      matches: () => true,
    });
    expect(graph.commits).toHaveLength(2);
    expect(graph.changes).toMatchObject([{ commit: 0, path: "new.yaml", previousBlob: null }]);
  });

  it("has its history as it is, not as replace refs or grafts pretend", async () => {
    const builder = oneCommit();
    const second = builder.commit({ message: "real", author: alice, files: { "a.yaml": "2" } });
    const forged = builder.commit({ branch: "forged", message: "forged", author: alice, parents: [] });
    const { repository, history } = await writeAndOpen(builder);
    await repository.git("replace", repository.sha(second), repository.sha(forged));
    await mkdir(join(repository.dir, ".git", "info"), { recursive: true });
    await writeFile(join(repository.dir, ".git", "info", "grafts"), `${repository.sha(second)}\n`);
    const sha = await history.resolveCommit("main");
    const graph = await history.readGraph(sha, everything);
    const [described] = await history.describeCommits([sha], sha);
    expect(graph.commits[graph.head]?.parents).toHaveLength(1);
    expect(described?.subject).toBe("real");
  });

  it.each(["--output=x", "main", "HEAD", "deadbeef"])("takes no %j for an object id", async (id) => {
    const { history } = await writeAndOpen(oneCommit());
    const sha = await history.resolveCommit("main");
    await expect(history.readGraph(id, everything)).rejects.toThrow(TypeError);
    await expect(history.readGraph(sha, everything, [id])).rejects.toThrow(TypeError);
    await expect(history.describeCommits([id], sha)).rejects.toThrow(TypeError);
    await expect(history.readChanges([id], () => true)).rejects.toThrow(TypeError);
  });
});
