import { expect, test } from "vitest";
import { applyDivergences } from "../../src/compare/apply-divergences.ts";
import { compareIngress } from "../../src/compare/compare-ingress.ts";
import { ingress } from "./support/ingress-yaml.ts";

test("what is not compared stays as it is live", () => {
  const live = ingress(`
    metadata:
      uid: 1a
      resourceVersion: "7"
      annotations: { kubectl.kubernetes.io/last-applied-configuration: "{}", example.com/note: live }
    spec: { ingressClassName: public }
    status: { loadBalancer: {} }
  `);
  const desired = ingress("{ metadata: { labels: { team: shop } }, spec: { ingressClassName: internal } }");
  const { divergences } = compareIngress(desired, live, { ingressClasses: null });
  expect(applyDivergences(live, divergences)).toEqual(
    ingress(`
      metadata:
        uid: 1a
        resourceVersion: "7"
        annotations: { kubectl.kubernetes.io/last-applied-configuration: "{}" }
        labels: { team: shop }
      spec: { ingressClassName: internal }
      status: { loadBalancer: {} }
    `),
  );
});

test("one of several divergences can be applied alone", () => {
  const desired = ingress("spec: { ingressClassName: internal, rules: [{ host: a }, { host: b }] }");
  const live = ingress("spec: { ingressClassName: public, rules: [{ host: b }, { host: a }, { host: c }] }");
  const { divergences } = compareIngress(desired, live, { ingressClasses: null });
  const ofOrder = divergences.filter(({ change }) => change === "reordered");
  expect(applyDivergences(live, ofOrder)).toMatchObject({
    spec: { ingressClassName: "public", rules: [{ host: "a" }, { host: "b" }, { host: "c" }] },
  });
});

test("a whole object is what Git has of it", () => {
  const object = ingress("spec: { ingressClassName: internal }");
  const missing = compareIngress(object, null, { ingressClasses: null }).divergences;
  const extra = compareIngress(null, object, { ingressClasses: null }).divergences;
  expect(applyDivergences(null, missing)).toEqual({ spec: { ingressClassName: "internal" } });
  expect(applyDivergences(object, extra)).toBeNull();
});
