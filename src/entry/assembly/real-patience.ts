import { setTimeout as sleep } from "node:timers/promises";
import type { Patience } from "../../audit/deployment/deployment-request.ts";

/** This machine's clock and its chance. */
export const realPatience: Patience = {
  now: () => performance.now(),
  sleep: async (ms, signal) => await sleep(ms, undefined, { signal }),
  random: Math.random,
};
