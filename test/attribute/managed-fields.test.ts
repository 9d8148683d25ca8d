import { expect, test } from "vitest";
import { certainOwners, fieldManagerEntries, fieldOwners } from "../../src/attribute/managed-fields.ts";
import type { Json } from "../../src/model/json.ts";

const managersOf = (fieldsV1: Json, field: readonly string[]) => {
  const managedFields = [{ manager: "kubectl-create", operation: "Update", fieldsV1 }];
  const owners = fieldOwners(fieldManagerEntries({ metadata: { managedFields } }), field);
  return owners.map(({ entry, isExact }) => ({ manager: entry.manager, isExact }));
};
const annotation = (key: string) => ["metadata", "annotations", `["${key}"]`];

test("an annotation belongs to whoever has its key", () => {
  const fields = { "f:metadata": { "f:annotations": { ".": {}, "f:team": {} } } };
  expect(managersOf(fields, annotation("team"))).toEqual([{ manager: "kubectl-create", isExact: true }]);
});

test("who made the map of annotations, and has none of its keys any more, owns no annotation", () => {
  for (const annotations of [{}, { ".": {} }]) {
    const fields = { "f:metadata": { "f:annotations": annotations } };
    expect(managersOf(fields, annotation("team"))).toEqual([]);
  }
});

test("what lies in an atomic list belongs to the list's owner, who need not have written it", () => {
  const field = ["spec", "rules", '[host="shop.example.com"]'];
  expect(managersOf({ "f:spec": { "f:rules": {} } }, field)).toEqual([
    { manager: "kubectl-create", isExact: false },
  ]);
});

test("who made a default backend, and has none of its fields any more, owns none", () => {
  const field = ["spec", "defaultBackend", "service", "name"];
  const bare = { "f:spec": { "f:defaultBackend": {} } };
  expect(managersOf(bare, field)).toEqual([]);
  expect(managersOf(bare, ["spec", "defaultBackend"])).toEqual([]);
  const whole = { "f:spec": { "f:defaultBackend": { "f:service": { "f:name": {} } } } };
  expect(managersOf(whole, ["spec", "defaultBackend"])).toEqual([
    { manager: "kubectl-create", isExact: true },
  ]);
});

test("an entry without fields owns nothing", () => {
  expect(managersOf({}, annotation("team"))).toEqual([]);
});

test("a whole object is a manager's only where no other has written to it, reports to the status aside", () => {
  const wrote = { manager: "external-dns", fieldsV1: { "f:spec": { "f:rules": {} } } };
  const reported = { manager: "nginx", fieldsV1: { "f:status": { "f:loadBalancer": {} } } };
  const touched = { manager: "kubectl-edit", fieldsV1: { "f:metadata": { "f:labels": { "f:team": {} } } } };
  const isDns = (manager: string) => manager === "external-dns";
  const ownersAmong = (managedFields: Json) =>
    certainOwners(fieldManagerEntries({ metadata: { managedFields } }), [], isDns).length;
  expect(ownersAmong([wrote, reported])).toBe(1);
  expect(ownersAmong([wrote, touched])).toBe(0);
  expect(ownersAmong([reported])).toBe(0);
});

test("who owns the list is not certain to have written what lies in it", () => {
  const entries = fieldManagerEntries({
    metadata: { managedFields: [{ manager: "rollouts", fieldsV1: { "f:spec": { "f:rules": {} } } }] },
  });
  expect(certainOwners(entries, ["spec", "rules", '[host="a.example"]'], () => true)).toEqual([]);
  expect(certainOwners(entries, ["spec", "rules"], () => true)).toHaveLength(1);
});
