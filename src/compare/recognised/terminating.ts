import type { Divergence } from "../../model/divergence.ts";

const LONGEST_MS = 60 * 60 * 1000;

/**
 * Git has no such Ingress, and somebody has deleted the live one: the two will agree as soon as the finalizers have
 * done their work. That takes seconds or minutes; what they hold for longer serves on, and is a divergence.
 */
export const terminating = {
  name: "terminating",
  reason: "Git does not declare this Ingress, and somebody has deleted it: it goes away with its finalizers.",
  recognises: ({ change, deletion }: Divergence, observedAt: string | null): boolean =>
    change === "added" &&
    deletion !== undefined &&
    observedAt !== null &&
    Date.parse(observedAt) - Date.parse(deletion.at) < LONGEST_MS,
};
