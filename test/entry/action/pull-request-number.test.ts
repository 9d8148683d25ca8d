import { writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { buildAction } from "../../support/act/build-action.ts";
import { runStep } from "../../support/act/run-step.ts";
import { startGitHub } from "../../support/github/start-github.ts";
import { RepositoryBuilder } from "../../support/repository/build-repository.ts";
import { removeFolder, temporaryFolder } from "../../support/repository/temporary-folder.ts";
import { webManifest } from "../../support/web-manifest.ts";

const ann = { name: "Ann Lee", email: "ann@example.com" };
const bob = { name: "Bob Roy", email: "bob@example.com" };

test("after the deployment a step that names the pull request makes its comment one line", async () => {
  const history = new RepositoryBuilder();
  history.commit({ message: "web: first", author: ann, files: { "web.yaml": webManifest("web") } });
  history.branch("move", "main");
  const moved = { "web.yaml": webManifest("api") };
  history.commit({ branch: "move", message: "web: move", author: bob, files: moved });
  const repository = await history.write({ checkout: true });
  onTestFinished(() => repository.remove());
  await using action = await buildAction();
  await using github = await startGitHub({
    users: [{ login: "bob", emails: ["bob@example.com"] }, { login: "carol" }],
    repositories: [{ fullName: "acme/shop", gitDir: path.join(repository.dir, ".git") }],
  });
  const folder = await temporaryFolder();
  onTestFinished(() => removeFolder(folder));
  const snapshot = path.join(folder, "live.yaml");
  const step = async (service: string) => {
    await writeFile(snapshot, webManifest(service));
    return await runStep(action, {
      workspace: repository.dir,
      inputs: {
        mode: "pull-request",
        "pull-request": "1",
        token: github.tokens.actions,
        snapshot,
      },
      env: { GITHUB_API_URL: github.url, GITHUB_EVENT_NAME: "push" },
    });
  };
  const first = () => github.comments(1)[0]?.body.split("\n")[1];

  await github.addPull({ title: "Move", author: "bob", head: "move" });
  expect((await step("web")).status).toBe(0);
  expect(first()).toBe("## 🟠 High risk: changes one Ingress in `live.yaml`");

  const commit = await repository.merge({ into: "main", from: "move", message: "Merge #1", author: bob });
  const head = (await repository.git("rev-parse", "move")).trim();
  const merged = { by: "carol", commit };
  await github.addPull({ number: 1, title: "Move", author: "bob", head, merged });
  expect((await step("web")).status).toBe(0);
  expect(first()).toBe("## 🟠 High risk: merged, and not yet applied to one Ingress in `live.yaml`");

  expect((await step("api")).status).toBe(0);
  expect(first()).toMatch(/^✅ Merged, and live in `live.yaml`: all that this pull request changes/);
  expect(github.comments(1)).toHaveLength(1);
});
