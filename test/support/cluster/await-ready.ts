import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { type ApiClient, apiClient } from "./api-client.ts";
import { caPath } from "./cluster-folder.ts";
import type { SupervisedProcess } from "./supervised-process.ts";

const READY_TIMEOUT_MS = 60_000;

/** Another process has taken a port that was free a moment ago: starting again with other ports helps. */
export class PortTaken extends Error {}

/**
 * Wait until the server is ready for everyone, its own roles and bindings included.
 *
 * @throws {PortTaken}
 * @throws {Error} With the end of the servers' logs.
 */
export async function awaitReady(
  url: string,
  folder: string,
  processes: readonly SupervisedProcess[],
): Promise<ApiClient> {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  for (;;) {
    const failed = processes.find((each) => each.hasEnded());
    if (failed !== undefined) throw startFailure(failed.logTail());
    const client = await clientIfReady(url, folder);
    if (client !== null) return client;
    if (Date.now() > deadline) {
      throw new Error(
        `kube-apiserver was not ready in time\n${processes.map((each) => each.logTail()).join("\n")}`,
      );
    }
    await sleep(50);
  }
}

function startFailure(log: string): Error {
  const message = `the test cluster did not start\n${log}`;
  return log.includes("address already in use") ? new PortTaken(message) : new Error(message);
}

async function clientIfReady(url: string, folder: string): Promise<ApiClient | null> {
  const ca = await readFile(caPath(folder), "utf8").catch(() => "");
  if (ca === "") return null;
  const client = apiClient(url, ca);
  const status = await client.request("admin", "GET", "/readyz").then(
    (answer) => answer.status,
    () => 0,
  );
  if (status === 200) return client;
  client.close();
  return null;
}
