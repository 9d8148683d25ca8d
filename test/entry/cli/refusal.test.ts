import { expect, it } from "vitest";
import { refusal } from "../../../src/entry/cli/refusal.ts";

it("refuses a Node.js that is too old, by its number and not by its letters", () => {
  expect(refusal("v20.20.2", ">=24")).toBe(
    "ingress-audit needs Node.js 24 or newer, and this is v20.20.2. Install a newer one: https://nodejs.org/en/download",
  );
  expect(refusal("v9.0.0", ">=24")).not.toBeNull();
});

it.each(["v24.0.0", "v25.1.0", "v100.0.0"])("takes %s", (version) => {
  expect(refusal(version, ">=24")).toBeNull();
});
