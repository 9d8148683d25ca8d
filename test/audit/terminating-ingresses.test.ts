import { expect, test } from "vitest";
import { terminatingIngresses } from "../../src/audit/terminating-ingresses.ts";

const id = { namespace: "shop", name: "web" };
const live = (metadata: Record<string, string | string[]>) => [{ id, object: { metadata } }];

test("an Ingress that was deleted and is held by a finalizer is told of, though it agrees with Git", () => {
  const metadata = { deletionTimestamp: "2026-03-01T10:00:00Z", finalizers: ["ingress.k8s.aws/resources"] };
  expect(terminatingIngresses(live(metadata))).toMatchObject([
    {
      code: "ingress-terminating",
      level: "warning",
      ingress: id,
      message: expect.stringContaining("ingress.k8s.aws/resources"),
    },
  ]);
});

test("an Ingress with a finalizer that nobody deleted is not", () => {
  expect(terminatingIngresses(live({ finalizers: ["ingress.k8s.aws/resources"] }))).toEqual([]);
});
