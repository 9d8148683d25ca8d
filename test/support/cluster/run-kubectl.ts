import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import type { KubectlOptions, KubectlResult } from "./test-cluster.ts";

/** Run kubectl with a home folder and a configuration of its own, so that the developer's stay out of it. */
export async function runKubectl(
  place: { readonly kubectlPath: string; readonly kubeconfig: string; readonly home: string },
  args: readonly string[],
  options: KubectlOptions = {},
): Promise<KubectlResult> {
  const child = spawn(place.kubectlPath, args, {
    env: { PATH: process.env.PATH, HOME: place.home, KUBECONFIG: place.kubeconfig, ...options.env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const { promise: exited, resolve, reject } = Promise.withResolvers<number>();
  child.once("error", reject);
  child.once("close", (code) => resolve(code ?? -1));
  // A command that reads no input closes its end: that is no failure of the command.
  child.stdin.on("error", () => {});
  child.stdin.end(options.stdin ?? "");
  const [stdout, stderr, exitCode] = await Promise.all([text(child.stdout), text(child.stderr), exited]);
  if ((exitCode !== 0) !== (options.expectFailure ?? false)) {
    throw new Error(`kubectl ${args.join(" ")} ended with ${exitCode}\n${stdout}${stderr}`);
  }
  return { stdout, stderr, exitCode };
}
