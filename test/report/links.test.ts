import { expect, test } from "vitest";
import { encodePath, linksFor } from "../../src/report/links.ts";
import { inSyncReport } from "../support/sample-report.ts";

const report = inSyncReport();
const links = linksFor(report);

test("a file's link names the audited commit and the line", () => {
  expect(links.file("deploy/a b.yaml", 3)).toBe(
    `https://github.com/acme/shop/blob/${report.git.commit}/deploy/a%20b.yaml#L3`,
  );
});

test("changes that are not committed have no link", () => {
  expect(links.commit("0".repeat(40))).toBeNull();
});

test.each(["javascript:alert(1)", "https://x.example/)", "//x.example"])("%s is no server", (serverUrl) => {
  expect(linksFor(report, serverUrl).pullRequest(1)).toBeNull();
});

test.each([
  ["a:b/c", "a%3Ab/c"],
  ["a(b)#c?d", "a%28b%29%23c%3Fd"],
  ["山\uD800", "%E5%B1%B1%EF%BF%BD"],
])("the path %s becomes %s", (path, encoded) => {
  expect(encodePath(path)).toBe(encoded);
});
