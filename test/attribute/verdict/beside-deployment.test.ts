import { expect, test } from "vitest";
import { isBesideDeployment } from "../../../src/attribute/verdict/beside-deployment.ts";
import type { ClusterWrite } from "../../../src/model/cluster-write.ts";
import { transition } from "./support/decide.ts";

const MANIFEST = { apiVersion: "networking.k8s.io/v1", kind: "Ingress", spec: { rules: [] } };

const pruned = transition("deployer", 100, "A", null).write;

/** An apply of the whole manifest of another Ingress, unless said otherwise. */
function applied(seconds: number, more: Partial<ClusterWrite> = {}): ClusterWrite {
  const { write } = transition("deployer", seconds, undefined, "A");
  return { ...write, id: { namespace: "shop", name: "api" }, request: MANIFEST, isApply: true, ...more };
}

test.each([
  ["just before", 75],
  ["just after", 125],
])("is part of a deployment that applied another Ingress %s", (_, seconds) => {
  expect(isBesideDeployment([pruned, applied(seconds)], pruned)).toBe(true);
});

test.each<[string, ClusterWrite]>([
  ["long before", applied(60)],
  ["as somebody else", applied(99, { user: "alice" })],
  ["through somebody who impersonated it", applied(99, { impersonatedBy: "alice" })],
  ["to the same Ingress", applied(99, { id: pruned.id })],
  ["by a patch of a field", applied(99, { isApply: false, request: { metadata: { labels: {} } } })],
  ["without a body that was logged", applied(99, { request: undefined })],
])("is not where the other write was made %s", (_, other) => {
  expect(isBesideDeployment([pruned, other], pruned)).toBe(false);
});
