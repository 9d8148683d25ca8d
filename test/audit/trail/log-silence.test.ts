import { describe, expect, test } from "vitest";
import { logSilence } from "../../../src/audit/trail/log-silence.ts";
import type { ClusterWrite } from "../../../src/model/cluster-write.ts";
import type { AuditTrailContent } from "../../../src/ports/audit-trail.ts";
import type { LiveSnapshot } from "../../../src/ports/cluster-reader.ts";

const at = (minute: number) => `2026-03-01T10:${String(minute).padStart(2, "0")}:00Z`;

/** Whoever wrote, the answer came 200 ms after the server's stamp. */
function write(minute: number, name = "web"): ClusterWrite {
  return {
    auditID: `w${minute}`,
    at: at(minute).replace("Z", ".200000Z"),
    verb: "patch",
    user: "argocd",
    impersonatedBy: null,
    groups: [],
    userAgent: null,
    sourceIP: null,
    fieldManager: null,
    id: { namespace: "shop", name },
    uid: null,
    resourceVersion: null,
    request: undefined,
    isApply: false,
    after: undefined,
    mutatedBy: [],
  };
}

function trail(more: Partial<AuditTrailContent> = {}): AuditTrailContent {
  return {
    writes: [write(1)],
    firstEventAt: at(0),
    lastEventAt: at(30),
    eventCount: 9,
    refused: [],
    problems: [],
    ...more,
  };
}

interface Stamp {
  readonly manager: string;
  readonly minute: number;
  readonly subresource?: string;
}

/** One Ingress, created in minute 1 unless told otherwise, read in minute 30. */
function snapshot(stamps: readonly Stamp[], more: Partial<LiveSnapshot> = {}, created = 1): LiveSnapshot {
  const managedFields = stamps.map(({ minute, ...entry }) => ({
    ...entry,
    operation: "Update",
    time: at(minute),
  }));
  const object = { metadata: { name: "web", creationTimestamp: at(created), managedFields } };
  return {
    cluster: null,
    observedAt: at(30),
    namespaces: "all",
    ingresses: [{ id: { namespace: "shop", name: "web" }, object }],
    ingressClasses: null,
    problems: [],
    ...more,
  };
}

const problem = { path: "a", line: 1, code: "x", message: "", remedy: "", level: "warning" as const };

describe("what a log does not show", () => {
  test("did not happen, where it is whole and goes on to the reading", () => {
    expect(logSilence(trail(), snapshot([{ manager: "argocd", minute: 1 }]))).toEqual({ kind: "counts" });
  });

  test.each([
    ["it ends before", trail({ lastEventAt: at(29) }), snapshot([]), /ends at 2026-03-01T10:29:00Z/],
    [
      "nobody knows when the cluster was read",
      trail(),
      snapshot([], { observedAt: null }),
      /when it was taken/,
    ],
    ["a line could not be read", trail({ problems: [problem] }), snapshot([]), /could not be read/],
    ["it has no write to an Ingress", trail({ writes: [] }), snapshot([]), /no write to any Ingress/],
  ])("may have happened, where %s", (_, log, live, reason) => {
    expect(logSilence(log, live)).toEqual({ kind: "doubtful", reason: expect.stringMatching(reason) });
  });

  test.each([
    ["an entry of managedFields", snapshot([{ manager: "kubectl", minute: 20 }])],
    ["a creation", snapshot([], {}, 20)],
  ])("is lacking, where %s has no write in it", (_, live) => {
    expect(logSilence(trail(), live)).toMatchObject({
      kind: "lacking",
      reason: expect.stringContaining("shop/web"),
    });
    expect(logSilence(trail({ writes: [write(1), write(20)] }), live)).toEqual({ kind: "counts" });
    expect(logSilence(trail({ writes: [write(1), write(20, "other")] }), live)).toMatchObject({
      kind: "lacking",
    });
  });

  test.each(["audit-log-event-incomplete", "audit-log-object-unnamed"])("is lacking, where %s", (code) => {
    const log = trail({ problems: [{ ...problem, code }] });
    expect(logSilence(log, snapshot([{ manager: "argocd", minute: 1 }])).kind).toBe("lacking");
  });

  test.each(["audit-log-line-unreadable", "audit-log-line-too-long", "audit-log-archive-damaged"])(
    "is lacking, where it may be any write: %s",
    (code) => {
      const log = trail({ problems: [{ ...problem, code }] });
      expect(logSilence(log, snapshot([]))).toEqual({
        kind: "lacking",
        reason: "the audit log has lines that could not be read, which may be any writes",
      });
    },
  );

  test.each(["audit-log-line-unfinished", "audit-log-line-foreign"])("may have happened: %s", (code) => {
    const log = trail({ problems: [{ ...problem, code }] });
    expect(logSilence(log, snapshot([])).kind).toBe("doubtful");
  });

  test("is lacking all the same where a line could not be read besides", () => {
    const live = snapshot([{ manager: "kubectl", minute: 20 }]);
    expect(logSilence(trail({ problems: [problem] }), live).kind).toBe("lacking");
  });

  test.each([
    [
      "from before the log",
      snapshot([{ manager: "kubectl", minute: 5 }], {}, 2),
      trail({ firstEventAt: at(6) }),
    ],
    [
      "older than the object, of a backup",
      snapshot([{ manager: "kubectl", minute: 5 }], {}, 20),
      trail({ writes: [write(20)] }),
    ],
    [
      "of a report to the status",
      snapshot([{ manager: "nginx", minute: 20, subresource: "status" }]),
      trail(),
    ],
    ["that the server made of others", snapshot([{ manager: "before-first-apply", minute: 20 }]), trail()],
  ])("is not told by a stamp %s", (_, live, log) => {
    expect(logSilence(log, live)).toEqual({ kind: "counts" });
  });
});
