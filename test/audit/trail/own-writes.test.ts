import { describe, expect, test } from "vitest";
import { logSilence } from "../../../src/audit/trail/log-silence.ts";
import { ownWrites } from "../../../src/audit/trail/own-writes.ts";
import type { ClusterWrite } from "../../../src/model/cluster-write.ts";
import type { AuditTrailContent } from "../../../src/ports/audit-trail.ts";
import type { LiveSnapshot } from "../../../src/ports/cluster-reader.ts";

const at = (minute: number) => `2026-03-01T10:${String(minute).padStart(2, "0")}:00Z`;

interface Written {
  readonly minute: number;
  readonly uid: string;
  readonly created: number;
  readonly version: number;
  readonly verb?: ClusterWrite["verb"];
  readonly name?: string;
}

function write({ created, minute, name = "web", uid, verb = "patch", version }: Written): ClusterWrite {
  const gone = verb === "delete";
  return {
    auditID: `${uid}-${minute}`,
    at: at(minute),
    verb,
    user: "alice",
    impersonatedBy: null,
    groups: [],
    userAgent: null,
    sourceIP: null,
    fieldManager: null,
    id: { namespace: "shop", name },
    uid,
    resourceVersion: gone ? null : String(version),
    request: undefined,
    isApply: false,
    after: gone
      ? null
      : { metadata: { uid, creationTimestamp: at(created), resourceVersion: String(version) } },
    mutatedBy: [],
  };
}

function trail(...writes: Written[]): AuditTrailContent {
  return {
    writes: writes.map(write),
    firstEventAt: at(0),
    lastEventAt: at(59),
    eventCount: writes.length,
    refused: [],
    problems: [],
  };
}

/** The Ingress `web` of uid `own`, created in minute 1. */
function snapshot(observedAt: string | null = at(40)): LiveSnapshot {
  const metadata = { name: "web", uid: "own", creationTimestamp: at(1), resourceVersion: "120" };
  return {
    cluster: null,
    observedAt,
    namespaces: "all",
    ingresses: [{ id: { namespace: "shop", name: "web" }, object: { metadata } }],
    ingressClasses: null,
    problems: [],
  };
}

const OWN: Written = { minute: 1, uid: "own", created: 1, version: 101, verb: "create" };
const codesOf = (log: AuditTrailContent, live = snapshot()) =>
  ownWrites(log, live).problems.map(({ code }) => code);

describe("a log is of more than one cluster", () => {
  test("where another Ingress of the name is written after the live one was created", () => {
    const log = trail(OWN, { minute: 9, uid: "other", created: 2, version: 900 });
    expect(codesOf(log)).toEqual(["audit-log-mixed"]);
  });

  test("where two that are gone were written in turns", () => {
    const older = { uid: "older", created: 2, name: "api", version: 110 };
    const log = trail(
      { ...older, minute: 2 },
      { minute: 5, uid: "newer", created: 5, name: "api", version: 111 },
      { ...older, minute: 9, version: 112 },
    );
    expect(codesOf(log)).toEqual(["audit-log-mixed"]);
  });

  test("where something is created with a lower version than others had long before", () => {
    const log = trail(OWN, { minute: 9, uid: "api", created: 9, version: 7, verb: "create", name: "api" });
    expect(codesOf(log)).toEqual(["audit-log-mixed"]);
  });

  test("and then only what was done to the live objects themselves is believed, and silence is not", () => {
    const log = trail(
      OWN,
      { minute: 9, uid: "other", created: 2, version: 900 },
      { minute: 12, uid: "api", created: 2, version: 901, verb: "delete", name: "api" },
    );
    const own = ownWrites(log, snapshot());
    expect(own.writes.map(({ uid }) => uid)).toEqual(["own"]);
    expect(logSilence(own, snapshot()).kind).toBe("lacking");
  });
});

test("of a mixed log, what does not tell which object it was to stays, so that nobody is named past it", () => {
  const log = trail(OWN, { minute: 9, uid: "other", created: 2, version: 900 });
  const [first] = log.writes;
  const unknown = {
    ...first,
    auditID: "?",
    uid: null,
    resourceVersion: null,
    after: undefined,
  } as ClusterWrite;
  const writes = [...log.writes, unknown, { ...unknown, auditID: "gone", verb: "delete" as const }];
  const own = ownWrites({ ...log, writes }, snapshot());
  expect(own.writes.map(({ auditID }) => auditID)).toEqual(["own-1", "?"]);
});

describe("a log is of one cluster", () => {
  test("where an Ingress was deleted and created anew", () => {
    const former = { uid: "former", created: 0, version: 90 };
    expect(codesOf(trail({ ...former, minute: 0 }, { ...former, minute: 1, verb: "delete" }, OWN))).toEqual(
      [],
    );
  });

  test("where what changes nothing answers with an old version", () => {
    const api = { uid: "api", created: 1, name: "api" };
    const log = trail(
      OWN,
      { ...api, minute: 2, version: 102, verb: "create" },
      { minute: 20, uid: "own", created: 1, version: 120 },
      { ...api, minute: 30, version: 102 },
    );
    expect(codesOf(log)).toEqual([]);
  });

  test.each([
    ["", at(40)],
    [", and when that was is not known", null],
  ])("where it goes on after the cluster was read, when the Ingress was made anew%s", (_, observedAt) => {
    const anew = { uid: "anew", created: 50, version: 150 };
    const log = trail(
      OWN,
      { minute: 49, uid: "own", created: 1, version: 0, verb: "delete" },
      { ...anew, minute: 50, verb: "create" },
      { ...anew, minute: 55, version: 151 },
    );
    expect(codesOf(log, snapshot(observedAt))).toEqual([]);
  });
});
