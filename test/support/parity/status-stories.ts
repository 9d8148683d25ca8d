import type { TestUser } from "../cluster/access.ts";
import { STATUS_INJECTIONS } from "./injections.ts";

/** Who writes into one live Ingress after it was applied, in this order. */
export interface StatusStory {
  /** The Ingress's name. */
  readonly name: string;
  readonly writes: readonly { readonly user: TestUser; readonly run: readonly string[] }[];
  /** The field that mallory puts in through the status subresource. */
  readonly field: string;
  /**
   * Others wrote to the status under mallory's fieldManager: the time of its one entry in managedFields is the later
   * one's, so that the reader may be in doubt about her write, depending on the second it fell in.
   */
  readonly sharesManager: boolean;
}

const ALICE: TestUser = "alice@example.com";
const BOB: TestUser = "bob@example.com";
const MALLORY: TestUser = "mallory@example.com";
const CONTROLLER: TestUser = "system:serviceaccount:cert-manager:cert-manager";

/** What she writes is hers; the answer to it, which is in the log, holds everything that was there before. */
export const ALICES_FIELD = 'metadata.annotations["example.com/team"]';

/** Each injection through the status, with innocent writes around it that a careless reader would blame. */
export const STATUS_STORIES: readonly StatusStory[] = STATUS_INJECTIONS.flatMap(({ name, run, field }) => {
  const story = (suffix: string, ...writes: readonly Write[]): StatusStory => {
    const target = `${name}-${suffix}`;
    return {
      name: target,
      field,
      writes: writes.map((write) => write(target)),
      sharesManager: suffix.endsWith("-by-kubectl"),
    };
  };
  const injected: Write = (target) => ({ user: MALLORY, run: run(target) });
  return [
    story("alone", injected),
    story("before-alice", injected, annotated(ALICE, "shop")),
    story("after-alice", annotated(ALICE, "shop"), injected),
    story("between", annotated(ALICE, "shop"), injected, annotated(ALICE, "shop-2")),
    story("before-a-controller", injected, addressed("192.0.2.1")),
    story(
      "between-controllers",
      addressed("192.0.2.1"),
      injected,
      addressed("192.0.2.2"),
      annotated(ALICE, "shop"),
    ),
    story("before-a-status-by-kubectl", injected, addressed("192.0.2.1", "kubectl-patch")),
    story("before-two", injected, annotated(BOB, "bob"), annotated(ALICE, "shop")),
  ];
});

type Write = (target: string) => StatusStory["writes"][number];

function annotated(user: TestUser, team: string): Write {
  return (target) => ({
    user,
    run: ["annotate", `ingress/${target}`, "--overwrite", `example.com/team=${team}`],
  });
}

/** An ingress controller has found an address for it. */
function addressed(ip: string, fieldManager = "nginx-ingress-controller"): Write {
  const patch = { status: { loadBalancer: { ingress: [{ ip }] } } };
  const options = [
    "--type=merge",
    "--subresource=status",
    `--field-manager=${fieldManager}`,
    "--patch",
    JSON.stringify(patch),
  ];
  return (target) => ({ user: CONTROLLER, run: ["patch", `ingress/${target}`, ...options] });
}
