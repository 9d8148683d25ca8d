import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/model/json.ts";
import { annotated, ingress, managed, manifest, ownsAnnotation, type ShortWrite } from "./support/observe.ts";
import { CLASS, create, gapOf, TEAM, trace, verdict } from "./support/trace.ts";

describe("what a request did not ask for", () => {
  test("and its creation has is admission's", () => {
    const after = ingress(10, 1, { ingressClassName: "nginx" }, annotated({ injected: "yes" }));
    const plain: ShortWrite = { by: "alice", verb: "create", request: manifest({}), after };
    expect(trace(CLASS, [plain], after).liveWrite).toMatchObject({ kind: "admission", webhooks: [] });
    const mutated = { ...plain, fields: { mutatedBy: ["annotate.example.com"] } };
    const { liveWrite } = trace('metadata.annotations["injected"]', [mutated], after);
    expect(liveWrite).toMatchObject({ kind: "admission", webhooks: ["annotate.example.com"] });
  });

  test("and a patch's response has is a webhook's only if nothing can lie between", () => {
    const before = ingress(10, 1, { ingressClassName: "a" });
    const entry = (minute: number) => ({
      managedFields: [managed("kubectl", minute, ownsAnnotation("injected"))],
    });
    const injected = (minute: number) =>
      ingress(11, 1, { ingressClassName: "a" }, annotated({ injected: "yes" }, entry(minute)));
    const patch = (minute: number, mutatedBy: readonly string[]): ShortWrite => ({
      by: "bob",
      verb: "patch",
      request: { metadata: { labels: { x: "y" } } },
      after: injected(minute),
      fields: { mutatedBy },
    });
    const field = 'metadata.annotations["injected"]';
    expect(verdict(field, [create("alice", before), patch(1, ["hook"])], injected(1))).toBe("admission bob");
    expect(verdict(field, [create("alice", before), patch(1, [])], injected(1))).toBe("gap");
    expect(verdict(field, [create("alice", before), patch(0, ["hook"])], injected(0))).toBe("gap");
  });
});

describe("a server-side apply", () => {
  const flux = { isApply: true, fieldManager: "flux", user: "flux" };
  const entry = (minute: number, owns: JsonObject) => managed("flux", minute, owns, { operation: "Apply" });
  const before = ingress(
    10,
    1,
    { ingressClassName: "a" },
    annotated({ team: "shop" }, { managedFields: [entry(0, ownsAnnotation("team"))] }),
  );
  const after = ingress(
    11,
    1,
    { ingressClassName: "a" },
    { managedFields: [entry(1, { "f:spec": { "f:ingressClassName": {} } })] },
  );
  const apply: ShortWrite = {
    by: "flux",
    verb: "patch",
    request: manifest({ ingressClassName: "a" }),
    after,
    fields: flux,
  };

  test("removes what its manager owned and no longer sends", () => {
    expect(verdict(TEAM, [{ ...create("alice", before) }, apply], after)).toBe("shown flux");
  });

  test("does not remove what another manager owned", () => {
    const others = ingress(
      10,
      1,
      { ingressClassName: "a" },
      annotated({ team: "shop" }, { managedFields: [managed("kubectl", 0, ownsAnnotation("team"))] }),
    );
    expect(verdict(TEAM, [create("alice", others), apply], after)).toBe("gap");
  });
});

describe("a write through the status subresource", () => {
  const injected = ingress(11, 1, { ingressClassName: "a" }, annotated({ team: "evil" }));
  const status = { subresource: "status" as const };

  test("is shown for the annotation that it wrote", () => {
    const patch: ShortWrite = {
      by: "mallory",
      verb: "patch",
      request: { metadata: { annotations: { team: "evil" } } },
      after: injected,
      fields: status,
    };
    const writes = [create("alice", ingress(10, 1, { ingressClassName: "a" })), patch];
    expect(verdict(TEAM, writes, injected)).toBe("shown mallory");
    expect(verdict(CLASS, writes, injected)).toBe("shown alice");
  });

  test("without its body may be the one, and the requester of the next write is not named for it", () => {
    const bare: ShortWrite = { by: "mallory", verb: "patch", fields: status };
    const created = create("alice", ingress(10, 1, { ingressClassName: "a" }));
    expect(gapOf(TEAM, [created, bare], injected)).toMatch(/without their bodies/);
    const labelled = ingress(
      12,
      1,
      { ingressClassName: "a" },
      annotated({ team: "evil" }, { labels: { x: "y" } }),
    );
    const label: ShortWrite = {
      by: "bob",
      verb: "patch",
      request: { metadata: { labels: { x: "y" } } },
      after: labelled,
    };
    expect(verdict(TEAM, [created, bare, label], labelled)).toBe("gap");
    expect(verdict('metadata.labels["x"]', [created, bare, label], labelled)).toBe("shown bob");
  });
});
