import { access, readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { inSandbox } from "../../../../src/adapters/render/tool/sandbox.ts";
import { memoryTree } from "../../../support/renderers/memory-tree.ts";

test("the folder holds the inputs and nothing else, and is gone afterwards", async () => {
  const tree = memoryTree({ "a/b.yaml": "b", "c.yaml": "c", "other.yaml": "o" });

  const { root, files, text } = await inSandbox(["a/b.yaml", "c.yaml"], tree, false, async (sandbox) => ({
    root: sandbox.root,
    files: (await readdir(sandbox.root, { recursive: true })).sort(),
    text: await readFile(path.join(sandbox.root, "a/b.yaml"), "utf8"),
  }));

  expect(files).toEqual(["a", "a/b.yaml", "c.yaml"]);
  expect(text).toBe("b");
  await expect(access(root)).rejects.toThrow();
});

test("it is gone also where the rendering throws", async () => {
  let root = "";
  const running = inSandbox([], memoryTree({}), false, (sandbox) => {
    root = sandbox.root;
    throw new Error("stopped");
  });

  await expect(running).rejects.toThrow("stopped");
  await expect(access(root)).rejects.toThrow();
});

test("nothing of the user's own is in the environment, and no network unless it is allowed", async () => {
  const closed = await inSandbox([], memoryTree({}), false, async ({ env }) => env);
  const open = await inSandbox([], memoryTree({}), true, async ({ env }) => env);

  expect(Object.keys(open).sort()).toEqual([
    "GIT_CONFIG_GLOBAL",
    "GIT_CONFIG_NOSYSTEM",
    "GIT_TERMINAL_PROMPT",
    "HOME",
    "KUBECONFIG",
    "LC_ALL",
    "PATH",
    "TMPDIR",
    "XDG_CACHE_HOME",
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
  ]);
  expect(closed).toMatchObject({ HTTPS_PROXY: "http://127.0.0.1:9", GIT_ALLOW_PROTOCOL: "none" });
  expect(closed.HOME).not.toBe(process.env.HOME);
});

test("a file whose path leads out of the folder is not laid out", async () => {
  const tree = { ...memoryTree({}), read: async () => Buffer.from("x") };

  await expect(inSandbox(["../../escaped.yaml"], tree, false, async () => {})).rejects.toThrow(
    "leads out of the sandbox",
  );
});
