import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import {
  type Identity,
  RepositoryBuilder,
  type TestRepository,
} from "../../../support/repository/build-repository.ts";
import { removeFolder, temporaryFolder } from "../../../support/repository/temporary-folder.ts";
import { type CliResult, runCli } from "../../../support/run-cli.ts";
import { webLive, webManifest } from "../../../support/web-ingress.ts";

export const ann: Identity = { name: "Ann Lee", email: "ann@example.com" };
export const bob: Identity = { name: "Bob Roy", email: "bob@example.com" };

type Files = Readonly<Record<string, string | null>>;

/** Real repositories beside each other, and snapshots of clusters. */
export interface FleetWorld extends Disposable {
  readonly dir: string;
  /** One commit for each set of files; the second and later are Bob's. */
  readonly repository: (name: string, commits: readonly Files[], remote?: string) => Promise<TestRepository>;
  /** What a cluster holds, as a file. */
  readonly snapshot: (name: string, objects: readonly object[]) => Promise<string>;
  /** Runs the command line in the repository `platform`. */
  readonly run: (...args: readonly string[]) => Promise<CliResult>;
}

export async function fleetWorld(): Promise<FleetWorld> {
  const dir = await temporaryFolder();
  return {
    dir,
    repository: async (name, commits, remote) => {
      const builder = new RepositoryBuilder();
      commits.forEach((files, index) => {
        builder.commit({
          message: `change ${index + 1} of ${name}`,
          author: index === 0 ? ann : bob,
          files,
        });
      });
      const folder = path.join(dir, name);
      await mkdir(folder);
      const remotes = remote === undefined ? {} : { origin: remote };
      return await builder.write({ dir: folder, checkout: true, remotes });
    },
    snapshot: async (name, objects) => {
      const file = path.join(dir, `${name}.json`);
      await writeFile(file, JSON.stringify({ apiVersion: "v1", kind: "List", items: [...objects, CLASS] }));
      return file;
    },
    run: (...args) => runCli(args, { cwd: path.join(dir, "platform") }),
    [Symbol.dispose]: () => removeFolder(dir),
  };
}

const CLASS = {
  apiVersion: "networking.k8s.io/v1",
  kind: "IngressClass",
  metadata: { name: "nginx" },
  spec: { controller: "k8s.io/ingress-nginx" },
};

/** `NAMESPACE/NAME` in Git and in the cluster, served by a Service of that name unless given. */
export function manifest(key: string, service = nameOf(key)): string {
  return webManifest(service, idOf(key));
}

export function live(key: string, service = nameOf(key)): object {
  return webLive(service, idOf(key));
}

function idOf(key: string) {
  const [namespace = "", name = ""] = key.split("/");
  return { namespace, name };
}

function nameOf(key: string): string {
  return idOf(key).name;
}
