import fc from "fast-check";
import { expect, test } from "vitest";
import { findMarker, hiddenMarker } from "../../src/report/hidden-marker.ts";
import { partsOf, renderGithubMarkdown } from "../support/github-markdown.ts";
import { hostileText } from "./hostile-report.ts";

test("a marker carries any text, and shows nothing", () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const data = { text: text.toWellFormed(), [text.toWellFormed()]: [1, null, true] };
      const marker = hiddenMarker("drift-issue", data);
      const { comments, tags, text: shown } = partsOf(renderGithubMarkdown(`${marker}\nHello`));
      expect(findMarker(`${marker}\nHello`, "drift-issue")).toEqual({ data, start: 0 });
      expect(comments).toEqual([marker]);
      expect(tags.filter((tag) => tag !== "<p>" && tag !== "</p>")).toEqual([]);
      expect(shown.trim()).toBe("Hello");
      expect(marker).toMatch(/^<!-- ingress-audit:drift-issue \{[^\n<>@#]*\} -->$/);
      expect(marker.slice(4, -3)).not.toContain("--");
    }),
  );
});

test("a marker counts at the start of a line alone, and where its data can be read", () => {
  const marker = hiddenMarker("drift-issue", { v: 1 });
  expect(findMarker(`above\n\n${marker}\nbelow`, "drift-issue")).toEqual({ data: { v: 1 }, start: 7 });
  expect(findMarker(`> ${marker}`, "drift-issue")).toBeNull();
  expect(findMarker("<!-- ingress-audit:drift-issue {", "drift-issue")).toBeNull();
  expect(findMarker("<!-- ingress-audit:drift-issue {oops} -->", "drift-issue")).toBeNull();
  expect(findMarker(marker, "detections")).toBeNull();
});
