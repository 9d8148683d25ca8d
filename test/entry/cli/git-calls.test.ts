import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { RepositoryBuilder } from "../../support/repository/build-repository.ts";
import { runCli } from "../../support/run-cli.ts";
import { webLive, webManifest, webSnapshot } from "../../support/web-ingress.ts";

const ann = { name: "Ann Lee", email: "ann@example.com" };

test("resolves the audited commit once, and reads Git's configuration once", async () => {
  const builder = new RepositoryBuilder();
  builder.commit({ message: "add web", author: ann, files: { "deploy/web.yaml": webManifest("web") } });
  builder.commit({ message: "move to v2", author: ann, files: { "deploy/web.yaml": webManifest("web-v2") } });
  const repository = await builder.write({ remotes: { origin: "https://github.com/acme/shop.git" } });
  onTestFinished(() => repository.remove());
  await writeFile(path.join(repository.dir, "live.json"), webSnapshot(webLive("web")));
  const calls = path.join(repository.dir, "calls");
  const PATH = await pathWithGitThatNotes(path.join(repository.dir, "bin"), calls);

  const { stdout } = await runCli(["audit", "--snapshot", "live.json", "-o", "json"], {
    cwd: repository.dir,
    env: { PATH },
  });

  const lines = (await readFile(calls, "utf8")).split("\n");
  expect(JSON.parse(stdout)).toMatchObject({ git: { repository: "acme/shop" }, summary: { diverged: 1 } });
  expect(lines.filter((line) => /rev-parse .*\^\{commit\}$/.test(line))).toHaveLength(1);
  expect(lines.filter((line) => /\bconfig --list\b|remote get-url/.test(line))).toHaveLength(1);
});

/** The real git, with each call's arguments noted in a file. */
async function pathWithGitThatNotes(bin: string, calls: string): Promise<string> {
  const PATH = process.env.PATH ?? "";
  await mkdir(bin);
  await writeFile(path.join(bin, "git"), `#!/bin/sh\necho "$*" >>'${calls}'\nPATH='${PATH}' exec git "$@"\n`);
  await chmod(path.join(bin, "git"), 0o755);
  return `${bin}${path.delimiter}${PATH}`;
}
