import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { escapeMarkdown, fencedBlock, inlineCode, tableCode } from "../../src/report/escape-markdown.ts";
import { hostileText } from "./hostile-report.ts";
import { activeMarkdown } from "./markdown-scan.ts";

describe("running text", () => {
  test.each([
    ["plain words, with (brackets)!", "plain words, with (brackets)!"],
    ["<img src=x>", "&lt;img src=x&gt;"],
    ["&lt;", "&amp;lt;"],
    ["@octocat", "@&#8288;octocat"],
    ["#1", "\\#&#8288;1"],
    ["acme/shop#1", "acme/shop\\#&#8288;1"],
    ["GH-1", "GH-&#8288;1"],
    ["https://x.example", "https:&#8288;//x.example"],
    ["www.x.example", "www&#8288;.x.example"],
    ["[a](b)", "\\[a\\](b)"],
    ["![a](b)", "!\\[a\\](b)"],
    ["a|b", "a\\|b"],
    ["*b* _i_ ~s~ `c`", "\\*b\\* \\_i\\_ \\~s\\~ \\`c\\`"],
    ["# heading", "\\#&#8288; heading"],
    ["- item", "\\- item"],
    ["1. item", "1\\. item"],
    ["1) item", "1\\) item"],
    ["    code", "code"],
    ["$x$", "&#36;x&#36;"],
    ["a\n\n# b", "a↵↵\\#&#8288; b"],
    ["a\\", "a\\\\"],
  ])("%j becomes %j", (text, expected) => {
    expect(escapeMarkdown(text)).toBe(expected);
  });

  test("no text leaves anything active", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const escaped = escapeMarkdown(text);
        const active = activeMarkdown(escaped);
        expect(active).not.toMatch(/[<>\n]|@\w|#\d|GH-\d|:\/\/|www\.|[`*_[\]|~$]/i);
        expect(escaped).not.toMatch(/^(?:[-+=#>]|\d{1,9}[.)]|\s)/);
      }),
    );
  });
});

describe("code spans", () => {
  test.each([
    ["a", "`a`"],
    ["", "` `"],
    ["a`b", "``a`b``"],
    ["`", "`` ` ``"],
    ["``a", "``` ``a ```"],
    [" a ", "`  a  `"],
    ["a\nb", "`a↵b`"],
  ])("%j becomes %j", (text, expected) => {
    expect(inlineCode(text)).toBe(expected);
  });

  test("any text stays inside its span", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(activeMarkdown(`before ${inlineCode(text)} after`)).toBe("before  after");
      }),
    );
  });

  test("a pipe does not end a table's cell", () => {
    expect(tableCode("a|b")).toBe("`a\\|b`");
    expect(tableCode("a\\|b")).toBe("a\\\\\\|b");
  });
});

test("any text stays inside its fenced block", () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      expect(activeMarkdown(`before\n${fencedBlock(text, "diff")}\nafter`)).toBe("before\nafter");
    }),
  );
});
