import { expect, it } from "vitest";
import { explainError } from "../../../src/entry/cli/explain-error.ts";
import { AuditError } from "../../../src/model/audit-error.ts";

it("keeps the lines of what and where apart, and defuses what stands in them", () => {
  const error = new AuditError({
    code: "nothing-to-adopt",
    what: "Nothing is adopted\nof \u001b[31mred",
    where: { "left out": "spec.tls: Git is ahead\nspec.rules: \u001b[2J" },
    mend: "Name the field.",
  });

  const text = explainError(error, false);

  expect(text).not.toContain("\u001b");
  expect(text.split("\n")).toEqual([
    "ingress-audit: Nothing is adopted",
    expect.stringContaining("red"),
    "  left out: spec.tls: Git is ahead",
    expect.stringMatching(/^ {4}spec\.rules: /),
    "  → Name the field.",
    "",
  ]);
});
