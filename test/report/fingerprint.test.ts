import { expect, test } from "vitest";
import { fingerprint } from "../../src/report/fingerprint.ts";

const place = { namespace: "shop", name: "web", field: "spec.ingressClassName" };

test("a fingerprint never changes between releases", () => {
  expect(fingerprint(place)).toBe("dc12640725ca1655");
});

test("namespace, name and field each count, and do not run into each other", () => {
  const all = [
    place,
    { ...place, namespace: "shop2" },
    { ...place, name: "web2" },
    { ...place, field: "" },
    { namespace: "a", name: "b/c", field: "d" },
    { namespace: "a/b", name: "c", field: "d" },
  ].map(fingerprint);
  expect(new Set(all).size).toBe(all.length);
  for (const id of all) expect(id).toMatch(/^[0-9a-f]{16}$/);
});
