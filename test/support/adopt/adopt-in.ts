import { writeFile } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { openGitWriter } from "../../../src/adapters/git/open-git-writer.ts";
import { yamlFileEditor } from "../../../src/adapters/render/edit/yaml-file-editor.ts";
import { renderCache } from "../../../src/adapters/render/tool/render-cache.ts";
import { toolRenderer } from "../../../src/adapters/render/tool-renderer.ts";
import type { Adoption } from "../../../src/audit/adopt/adopt-request.ts";
import { runAdopt } from "../../../src/audit/adopt/run-adopt.ts";
import { ownSources } from "../../../src/audit/fleet/repositories-of.ts";
import { configuredSources } from "../../../src/audit/rendered/configured-sources.ts";
import { assemble } from "../../../src/entry/assembly/assemble.ts";
import { toolsOnPath } from "../renderers/tools-on-path.ts";
import { type FileContent, RepositoryBuilder, type TestRepository } from "../repository/build-repository.ts";

const ann = { name: "Ann Lee", email: "ann@example.com" };

/** A repository of one commit, checked out, with somebody who may commit. */
export async function repositoryOf(files: Readonly<Record<string, FileContent>>): Promise<TestRepository> {
  const builder = new RepositoryBuilder();
  builder.commit({ message: "add", author: ann, files });
  const repository = await builder.write({ checkout: true });
  await repository.git("config", "user.name", "Cyd Day");
  await repository.git("config", "user.email", "cyd@example.com");
  return repository;
}

export interface AdoptInput {
  /** `shop/web` unless given. */
  readonly name?: string;
  readonly fields?: readonly string[];
  readonly file?: string;
  readonly cluster?: string;
}

export interface Adopted {
  readonly adoption: Adoption;
  readonly patch: string;
}

/** Adopt what is live from a list of live objects, rendering by the real tools. */
export async function adoptIn(
  repository: TestRepository,
  items: readonly object[],
  { name = "web", fields = [], file, cluster }: AdoptInput = {},
): Promise<Adopted> {
  await using tools = await toolsOnPath();
  const snapshot = path.join(repository.dir, ".git", "live.json");
  await writeFile(snapshot, JSON.stringify({ apiVersion: "v1", kind: "List", items }));
  const signal = AbortSignal.timeout(60_000);
  const surroundings = {
    now: new Date("2026-01-01T00:00:00Z"),
    signal,
    stdin: Readable.from([]),
    progress: () => {},
  };
  const chosen = cluster === undefined ? {} : { cluster };
  const options = { repo: repository.dir, ref: "main", snapshot, color: false, ...chosen };
  const { request, ports, configuration } = await assemble([], options, surroundings);
  const sourceRenderer = toolRenderer({
    cache: renderCache(null),
    allowNetwork: false,
    parallelism: 2,
    timeoutSeconds: 60,
    path: tools.path,
  });
  const adoption = await runAdopt(
    {
      audit: request,
      id: { namespace: "shop", name },
      fields,
      file: file ?? null,
      configured: configuredSources(ownSources(configuration)),
    },
    { ...ports, sourceRenderer, editor: yamlFileEditor },
  );
  const writer = await openGitWriter(repository.dir, signal);
  return { adoption, patch: (await writer.diff(adoption.commit, adoption.changes)).toString("utf8") };
}

/** The lines that a patch takes and brings. */
export function changedLines(patch: string): readonly string[] {
  return patch.split("\n").filter((line) => /^[-+](?!--|\+\+)/.test(line));
}
