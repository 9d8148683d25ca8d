import fc from "fast-check";
import { type AuditReport, auditReport } from "../../src/report/audit-report.ts";
import { sampleReport } from "../support/sample-report.ts";

/** What has broken terminals, Markdown or readers' eyes before. */
const FRAGMENTS = [
  "\x1b[2J\x1b[31m",
  "\x1b]8;;https://evil.example\x07click\x1b]8;;\x07",
  "\x9b31m",
  "\r",
  "\n",
  "\n\n# heading\n- item",
  "\t",
  "\0",
  "\u202E",
  "\u2066",
  "\u200B",
  "\uFEFF",
  "\uD800",
  "<script>alert(1)</script>",
  "<!--",
  "</details>",
  "</summary>",
  "@octocat",
  "alice@example.com",
  "#1",
  "acme/shop#2",
  "GH-3",
  "https://evil.example",
  "www.evil.example",
  "![image](https://evil.example/x.png)",
  "[link](https://evil.example)",
  "|",
  "\\|",
  "\\",
  "`",
  "```",
  "``` ~~~ ````",
  "~~~",
  "$x$",
  "&lt;",
  "::error::x",
  "-->",
  "@acme/team",
  "<img src=x onerror=alert(1)>",
  '\n<!-- ingress-audit:pull-request {"key":"0000000000000000"} -->\n',
  "> [!WARNING]",
  "[^1]",
  ":tada:",
  "<br>",
  "日本語",
  "👩‍💻",
  "e\u0301",
  " ",
  "a",
];

export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.array(fc.constantFrom(...FRAGMENTS), { maxLength: 6 }).map((parts) => parts.join("")),
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.string({ unit: "grapheme", maxLength: 30 }),
);

/** Fields that hold text from Git, the cluster or the forge. */
const FREE_TEXT = new Set([
  ...[
    "name",
    "email",
    "login",
    "subject",
    "ref",
    "mergedBy",
    "approvedBy",
    "user",
    "impersonatedBy",
    "groups",
  ],
  ...["userAgent", "sourceIP", "fieldManager", "operation", "auditID", "field", "desired", "live", "reason"],
  ...[
    "remedy",
    "severityRule",
    "severityReason",
    "rule",
    "path",
    "code",
    "message",
    "namespace",
    "repository",
  ],
]);

/** The sample report with hostile text in every field that can hold any, and of the right shape all the same. */
export const hostileReport: fc.Arbitrary<AuditReport> = fc.infiniteStream(hostileText).map((texts) => {
  const next = () => texts.next().value ?? "";
  return auditReport.parse({ ...(poisoned(sampleReport(), next) as object), tool: sampleReport().tool });
});

function poisoned(value: unknown, next: () => string, key = ""): unknown {
  if (typeof value === "string") return FREE_TEXT.has(key) ? next() : value;
  if (Array.isArray(value)) return value.map((item) => poisoned(item, next, key));
  if (typeof value !== "object" || value === null) return value;
  const isValue = key === "desired" || key === "live";
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      isValue ? `${next()}${name}` : name,
      poisoned(item, next, isValue ? key : name),
    ]),
  );
}
