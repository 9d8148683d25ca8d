import { describe, expect, test } from "vitest";
import { commentCommands } from "../../../src/audit/drift-issues/comment-commands.ts";

const NOW = new Date("2026-03-04T23:30:00Z");

const commands = (body: string) => commentCommands(body, NOW);

describe("a command", () => {
  test.each([
    ["snooze until 2026-12-31", { kind: "snooze", until: "2026-12-31" }],
    ["snooze 2026-12-31", { kind: "snooze", until: "2026-12-31" }],
    ["snooze until 2026-03-04", { kind: "snooze", until: "2026-03-04" }],
    ["snooze 14 days", { kind: "snooze", until: "2026-03-18" }],
    ["snooze for 1 day", { kind: "snooze", until: "2026-03-05" }],
    ["snooze 2w", { kind: "snooze", until: "2026-03-18" }],
    ["Snooze  14   Days", { kind: "snooze", until: "2026-03-18" }],
    ["unsnooze", { kind: "unsnooze" }],
    ["accept", { kind: "accept" }],
  ])("%s", (words, expected) => {
    expect(commands(`/ingress-audit ${words}`)).toEqual([expected]);
  });

  test.each([
    ["", "it names no command"],
    ["sleep", "there is no such command"],
    ["accept everything", "there is no such command"],
    ["snooze", "it does not say until when, as 2026-12-31 or 14 days"],
    ["snooze until Christmas", "it does not say until when, as 2026-12-31 or 14 days"],
    ["snooze until 2026-02-30", "there is no such day"],
    ["snooze until 2026-03-03", "that day has passed"],
    ["snooze 0 days", "it ends before it begins"],
    ["snooze 99999 days", "it is longer than ten years"],
  ])("that is not understood: %s", (words, why) => {
    const text = `/ingress-audit ${words}`.trim();
    expect(commands(text)).toEqual([{ kind: "not-understood", text, why }]);
  });

  test("is shortened where it is quoted", () => {
    const [command] = commands(`/ingress-audit ${"😀".repeat(200)}`);
    expect(command).toMatchObject({ text: `/ingress-audit ${"😀".repeat(64)}…` });
  });
});

describe("a comment", () => {
  test("may hold several commands, with any line ends", () => {
    const body = "We look at it next week.\r\n/ingress-audit unsnooze\r\n/ingress-audit snooze 7 days\r\n";
    expect(commands(body)).toEqual([{ kind: "unsnooze" }, { kind: "snooze", until: "2026-03-11" }]);
  });

  test.each([
    ["a quotation", "> /ingress-audit accept"],
    ["a code block", "```\n/ingress-audit accept\n```"],
    ["a longer code block", "~~~~\n~~~\n/ingress-audit accept\n~~~~"],
    ["an indented code block", "    /ingress-audit accept"],
    ["a sentence", "use /ingress-audit accept"],
    ["another word", "/ingress-auditor accept"],
  ])("commands nothing by %s", (_, body) => {
    expect(commands(body)).toEqual([]);
  });

  test("commands again after a code block", () => {
    expect(commands("```\nx\n```\n/ingress-audit accept")).toEqual([{ kind: "accept" }]);
  });
});
