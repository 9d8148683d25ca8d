import path from "node:path";
import { expect, test } from "vitest";
import { findTool } from "../../../../src/adapters/render/tool/find-tool.ts";
import { findAssets } from "../../../support/cluster/assets.ts";
import {
  helmSource,
  ingressText,
  kustomizeSource,
  outline,
  renderFiles,
} from "../../../support/renderers/render-files.ts";

const FILES = {
  "app/kustomization.yaml": "resources: [web.yaml]\nnamespace: shop\n",
  "app/web.yaml": ingressText(),
  "c/Chart.yaml": "apiVersion: v2\nname: c\nversion: 0.1.0\n",
};

test("kubectl's kustomize is taken where there is no other", async () => {
  const rendered = await renderFiles(kustomizeSource("app"), FILES, {
    kustomize: null,
    others: { kubectl: (await findAssets()).kubectl },
  });

  expect(rendered.problems).toEqual([]);
  expect(outline(rendered)).toEqual(["shop/web shop.example.com app/web.yaml:1"]);
});

test("a tool that is not there is a problem that says what to install", async () => {
  const settings = { kustomize: null, helm: null, path: "/nonexistent" };

  const kustomize = await renderFiles(kustomizeSource("app"), FILES, settings);
  const helm = await renderFiles(helmSource("c"), FILES, settings);

  expect([...kustomize.problems, ...helm.problems]).toMatchObject([
    {
      code: "renderer-missing",
      level: "error",
      message:
        "The repository holds kustomizations, and there is no kustomize or kubectl on PATH to render them with",
    },
    { code: "renderer-missing", level: "error" },
  ]);
});

test("a program of the audited repository is never run: relative entries of PATH do not count", async () => {
  expect(await findTool("sh", `.:${path.relative(process.cwd(), "/bin")}:`)).toBeNull();
  expect(await findTool("sh", "/nonexistent:/bin")).toBe("/bin/sh");
});
