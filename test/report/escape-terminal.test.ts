import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { escapeTerminal, escapeTerminalLines } from "../../src/report/escape-terminal.ts";
import { hostileText } from "./hostile-report.ts";

describe("what a reader cannot see is written out", () => {
  test.each([
    ["an ANSI colour", "\x1b[31mred", "⟨U+001B⟩[31mred"],
    ["an 8-bit CSI", "\x9b2J", "⟨U+009B⟩2J"],
    ["an OSC 8 link", "\x1b]8;;http://x\x07y", "⟨U+001B⟩]8;;http://x⟨U+0007⟩y"],
    ["a carriage return that overwrites the line", "bad\rgood", "bad⟨U+000D⟩good"],
    ["a line break", "a\nb", "a↵b"],
    ["a backspace", "a\bb", "a⟨U+0008⟩b"],
    ["a bidi override", "a\u202Eb", "a⟨U+202E⟩b"],
    ["a bidi isolate", "a\u2066b", "a⟨U+2066⟩b"],
    ["a zero-width space", "pay\u200Bpal", "pay⟨U+200B⟩pal"],
    ["a byte order mark", "\uFEFFa", "⟨U+FEFF⟩a"],
    ["a tag character", "a\u{E0041}", "a⟨U+E0041⟩"],
    ["a Hangul filler", "a\u3164", "a⟨U+3164⟩"],
    ["a no-break space", "a\u00A0b", "a⟨U+00A0⟩b"],
    ["a line separator", "a\u2028b", "a⟨U+2028⟩b"],
    ["a lone surrogate", "a\uD83D", "a⟨U+D83D⟩"],
    ["a joiner between letters", "a\u200Db", "a⟨U+200D⟩b"],
    ["a presentation selector after a letter", "a\uFE0F", "a⟨U+FE0F⟩"],
  ])("%s", (_, hostile, expected) => {
    expect(escapeTerminal(hostile)).toBe(expected);
  });
});

test.each(["plain ASCII ~!", "Díaz", "山田太郎", "e\u0301", "שלום", "👩‍💻 ❤️ 👍🏽", "a\u3000b"])(
  "%s stays as it is",
  (text) => {
    expect(escapeTerminal(text)).toBe(text);
  },
);

test("several lines are kept apart", () => {
  expect(escapeTerminalLines("a\r\n\x1bb\n")).toEqual(["a⟨U+000D⟩", "⟨U+001B⟩b", ""]);
});

test("no text keeps a control character", () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      expect(escapeTerminal(text)).not.toMatch(
        /[\p{Cc}\p{Cs}\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF]/u,
      );
    }),
  );
});
