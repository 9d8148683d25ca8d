import { chmod, mkdir, mkdtemp, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { parse } from "yaml";
import { isJsonObject, type Json, type JsonObject } from "../../../src/model/json.ts";
import type { TestCluster } from "../cluster/test-cluster.ts";

/** What kubectl compares for one object: the live one, and the live one as an apply would make it. */
export interface DiffedObject {
  /** null for an object that the cluster lacks. */
  readonly live: JsonObject | null;
  readonly merged: JsonObject | null;
}

/** Keeps the two folders that kubectl hands to its external diff. */
const KEEP = `#!/bin/sh
cp -R "$1" "$KEPT/live" && cp -R "$2" "$KEPT/merged"
`;

/**
 * Run `kubectl diff` once over many objects.
 *
 * @param options `--server-side` and what belongs to it.
 * @returns By `namespace/name`, those objects only in which kubectl sees a difference or none alike.
 */
export async function kubectlDiff(
  cluster: TestCluster,
  manifests: readonly JsonObject[],
  options: readonly string[] = [],
): Promise<ReadonlyMap<string, DiffedObject>> {
  const kept = await mkdtemp(path.join(cluster.scratchFolder, "diff-"));
  const program = path.join(kept, "keep.sh");
  await writeFile(program, KEEP);
  await chmod(program, 0o700);
  await cluster.kubectl("admin", ["diff", "--concurrency=4", ...options, "-f", "-"], {
    stdin: manifests.map((object) => JSON.stringify(object)).join("\n"),
    env: { KUBECTL_EXTERNAL_DIFF: program, KEPT: kept },
  });
  const [live, merged] = await Promise.all(["live", "merged"].map((side) => readSide(path.join(kept, side))));
  const names = new Set([...(live?.keys() ?? []), ...(merged?.keys() ?? [])]);
  return new Map(
    [...names].map((name) => [name, { live: live?.get(name) ?? null, merged: merged?.get(name) ?? null }]),
  );
}

async function readSide(folder: string): Promise<ReadonlyMap<string, JsonObject>> {
  await mkdir(folder, { recursive: true });
  const objects = await Promise.all(
    (await readdir(folder)).map(
      async (file) => parse(await readFile(path.join(folder, file), "utf8")) as Json,
    ),
  );
  return new Map(objects.filter(isJsonObject).map((object) => [keyOf(object), object]));
}

function keyOf({ metadata }: JsonObject): string {
  return isJsonObject(metadata) ? `${metadata.namespace}/${metadata.name}` : "";
}
