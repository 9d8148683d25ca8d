import { expect, test } from "vitest";
import { deletionWrites } from "../../../src/attribute/writes/deletion-writes.ts";
import { keyIngress } from "../../../src/compare/key-ingress.ts";
import { deletionOf } from "../../../src/model/deletion.ts";
import { ingress, observe, type ShortWrite } from "./support/observe.ts";
import { create } from "./support/trace.ts";

const HELD = { finalizers: ["example.com/hold"] };
const held = ingress(10, 1, {}, HELD);
const marked = (version: number) =>
  ingress(version, 2, {}, { ...HELD, deletionTimestamp: "2026-01-01T00:01:00Z" });
const LIVE = marked(13);

function deleter(writes: readonly ShortWrite[]): string {
  const deletion = deletionOf(LIVE);
  if (deletion === null) throw new Error("The live object is not marked");
  const live = { keyed: keyIngress(LIVE), object: LIVE, uid: "u1", resourceVersion: "13", generation: 2 };
  const { liveWrite } = deletionWrites({ writes: observe(writes), live, deletion, logFirstEventAt: null });
  return "transition" in liveWrite ? liveWrite.transition.write.user : liveWrite.kind;
}

/** The second write of each story happens at 00:01:00.5, when the server has stamped the object. */
const created = create("alice", held);
const again: ShortWrite = { by: "carol", verb: "delete", after: marked(12) };

test("an object is being deleted by whoever asked for it first", () => {
  expect(deleter([created, { by: "bob", verb: "delete", after: marked(11) }, again])).toBe("bob");
});

test("a delete without its body is known by its time", () => {
  expect(deleter([created, { by: "bob", verb: "delete" }])).toBe("bob");
  expect(deleter([created, created, { by: "bob", verb: "delete" }])).toBe("after-log");
});

test("nobody is named who deleted it once more, or wrote to it later", () => {
  const labelled: ShortWrite = {
    by: "dave",
    verb: "patch",
    request: { metadata: { labels: { x: "y" } } },
    after: ingress(12, 2, {}, { ...HELD, labels: { x: "y" }, deletionTimestamp: "2026-01-01T00:01:00Z" }),
  };
  const otherwise: ShortWrite = { by: "alice", verb: "patch", request: {}, after: held };
  expect(deleter([created, otherwise, labelled])).toBe("gap");
  expect(deleter([created, otherwise, again])).toBe("gap");
  expect(deleter([labelled])).toBe("before-log");
});

test("a log that ends before, or has no write to it, shows nobody", () => {
  expect(deleter([created])).toBe("after-log");
  expect(deleter([])).toBe("no-writes");
});

test("the delete of an earlier object of that name is another one's", () => {
  const earlier: ShortWrite = { by: "bob", verb: "delete", after: null, fields: { uid: "u0" } };
  expect(deleter([created, earlier])).toBe("after-log");
});
