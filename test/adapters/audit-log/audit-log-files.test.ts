import { mkdir } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { setImmediate } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { auditLogFiles } from "../../../src/adapters/audit-log/audit-log-files.ts";
import { event, folderOf, lines, readFiles, readText } from "./support/audit-events.ts";

const at = (second: number) => ({
  auditID: `id-${second}`,
  stageTimestamp: `2026-01-01T00:00:${String(second).padStart(2, "0")}.000000Z`,
});
const ids = ({ writes }: { readonly writes: readonly { readonly auditID: string }[] }) =>
  writes.map((write) => write.auditID);
const codes = ({
  problems,
}: {
  readonly problems: readonly { readonly code: string; readonly line: number | null }[];
}) => problems.map(({ code, line }) => [code, line]);

describe("files", () => {
  test("are found by name, by glob and by a name that looks like a glob, each read once", async () => {
    await using folder = await folderOf({
      "b.log": lines(event(at(2))),
      "a.log": lines(event(at(1))),
      "[c].log": lines(event(at(3))),
    });
    const trail = await readFiles(folder.path, "[c].log", "*.log", "a.log");
    expect(ids(trail)).toEqual(["id-1", "id-2", "id-3"]);
    expect(trail.eventCount).toBe(3);
  });

  test("are unpacked by their first bytes, several members in one, whatever the name says", async () => {
    const members = Buffer.concat([gzipSync(lines(event(at(1)))), gzipSync(lines(event(at(2))))]);
    await using folder = await folderOf({ "a.log": members, "b.gz": lines(event(at(3))), "empty.gz": "" });
    const trail = await readFiles(folder.path, "*");
    expect(ids(trail)).toEqual(["id-1", "id-2", "id-3"]);
    expect(trail.problems).toEqual([]);
  });

  test("that break off inside an archive keep what came before, and say so", async () => {
    const packed = gzipSync(Buffer.concat([Buffer.from(lines(event(at(1)))), Buffer.alloc(200_000, "x\n")]), {
      level: 0,
    });
    await using folder = await folderOf({
      "a.gz": packed.subarray(0, 150_000),
      "b.log": lines(event(at(2))),
    });
    const trail = await readFiles(folder.path, "*");
    expect(ids(trail)).toEqual(["id-1", "id-2"]);
    expect(trail.problems.map(({ code }) => code)).toContain("audit-log-archive-damaged");
  });

  test.each([["missing.log"], ["*.jsonl"], ["folder"], ["missing/*.log"]])(
    "that are not there are an error: %s",
    async (file) => {
      await using folder = await folderOf({ "a.log": "" });
      await mkdir(path.join(folder.path, "folder"));
      await expect(readFiles(folder.path, "a.log", file)).rejects.toMatchObject({
        code: "audit-log-unreadable",
      });
    },
  );

  test("stop being read when the signal says so", async () => {
    const endless = Readable.from(
      (async function* () {
        for (;;) {
          await setImmediate();
          yield lines(event());
        }
      })(),
    );
    const stop = new AbortController();
    const reading = auditLogFiles({ files: ["-"], cwd: "/", stdin: endless }).read(stop.signal);
    setTimeout(() => stop.abort(new Error("enough")), 20);
    await expect(reading).rejects.toThrow("enough");
  });
});

describe("lines", () => {
  test("that are torn, noise, blank or another log's are counted, never thrown over", async () => {
    const torn = JSON.stringify(event(at(3))).slice(0, 300);
    const text = `I0101 klog noise about "ingresses"\n\n${lines(event(at(1)))}{"level":"info"}\r\n{"a":"ingresses"}\n\0\x01\n${torn}`;
    const trail = await readText(text);
    expect(ids(trail)).toEqual(["id-1"]);
    expect(trail.eventCount).toBe(1);
    expect(trail.problems).toMatchObject([
      { path: "standard input", code: "audit-log-line-foreign", line: 1, level: "warning" },
      { path: "standard input", code: "audit-log-line-unreadable", line: 6, level: "warning" },
      { path: "standard input", code: "audit-log-line-unfinished", line: 7, level: "warning" },
    ]);
    expect(trail.problems[0]?.message).toMatch(/^3 lines /);
  });

  test("that are torn are being written only at the end of the newest file, and lost anywhere else", async () => {
    const torn = JSON.stringify(event(at(9))).slice(0, 300);
    await using folder = await folderOf({
      "new.log": `${lines(event(at(5)))}${torn}`,
      "old.log": `${lines(event(at(2)))}${torn}`,
      "middle.log": `${lines(event(at(3)))}${torn}\n${lines(event(at(4)))}`,
    });
    const { problems } = await readFiles(folder.path, "*.log");
    expect(problems.map(({ path: file, code, line }) => [path.basename(file), code, line])).toEqual([
      ["middle.log", "audit-log-line-unreadable", 2],
      ["new.log", "audit-log-line-unfinished", 2],
      ["old.log", "audit-log-line-unreadable", 2],
    ]);
  });

  test("that are too long are skipped, and the next one is read", async () => {
    const long = event({ ...at(1), padding: "x".repeat(5000) });
    const trail = await readText(lines(event(at(2)), long, event(at(3))), 4000);
    expect(ids(trail)).toEqual(["id-2", "id-3"]);
    expect(codes(trail)).toEqual([["audit-log-line-too-long", 2]]);
  });

  test("that hold an EventList, in one line or in many, hold its events", async () => {
    const list = {
      kind: "EventList",
      apiVersion: "audit.k8s.io/v1",
      metadata: {},
      items: [event(at(1)), event(at(2))],
    };
    expect(ids(await readText(lines(list)))).toEqual(["id-1", "id-2"]);
    expect(ids(await readText(JSON.stringify(list, null, 2)))).toEqual(["id-1", "id-2"]);
    expect(ids(await readText(JSON.stringify(list.items, null, 2)))).toEqual(["id-1", "id-2"]);
    expect(codes(await readText(JSON.stringify(list, null, 2), 500))).toEqual([
      ["audit-log-line-too-long", expect.any(Number)],
    ]);
  });

  test("may begin with a byte order mark and end with a carriage return", async () => {
    expect(ids(await readText(`\uFEFF${lines(event(at(1))).trimEnd()}\r\n`))).toEqual(["id-1"]);
  });

  test("are put together however the stream cuts them", async () => {
    const bytes = Buffer.from(lines(event({ ...at(1), user: { username: "ålice" } }), event(at(2))));
    const stdin = Readable.from([...bytes].map((byte) => Buffer.from([byte])));
    const trail = await auditLogFiles({ files: ["-"], cwd: "/", stdin }).read(AbortSignal.timeout(10_000));
    expect(trail.writes.map(({ user }) => user)).toEqual(["ålice", "alice"]);
  });
});

describe("the time that the log covers", () => {
  test("is that of all its events, whatever they are about and in whatever order", async () => {
    const pods = { ...event(at(9)), objectRef: { resource: "pods" } };
    const early = { ...event(at(4)), objectRef: { resource: "secrets" }, stage: "RequestReceived" };
    const trail = await readText(lines(pods, event(at(5)), early));
    expect(trail).toMatchObject({
      firstEventAt: "2026-01-01T00:00:04.000000Z",
      lastEventAt: "2026-01-01T00:00:09.000000Z",
      eventCount: 3,
    });
  });

  test("is unknown where there is no event", async () => {
    expect(await readText("")).toMatchObject({
      firstEventAt: null,
      lastEventAt: null,
      eventCount: 0,
      writes: [],
      problems: [],
    });
  });

  test("comes with other zones and precisions", async () => {
    const zoned = { ...event(), objectRef: {}, stageTimestamp: "2026-01-01T02:00:00.5+02:00" };
    expect((await readText(lines(zoned))).firstEventAt).toBe("2026-01-01T00:00:00.500000Z");
  });
});
