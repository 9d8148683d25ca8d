import { describe, expect, it } from "vitest";
import { comparison } from "../support/cases/check-report.ts";
import { readCase } from "../support/cases/find-cases.ts";
import { withMaterializedCase } from "../support/cases/materialize-case.ts";
import { runAuditCommand } from "../support/cases/run-case.ts";

/** What the audit is to find here: alice's change of a backend. */
const FOUND = `
    - field: 'spec.rules[host="cart.example.com"].http.paths[path="/",pathType="Prefix"].backend.service.name'
      change: changed
      verdict: out-of-band
      evidence: proven
      actor: { user: alice@example.com }`;

function story(divergences: string): string {
  return `
title: alice changed a backend
git: [{ commit: c1, author: Ann Lee <ann@example.com>, at: 2026-03-01T09:00:00Z, files: { deploy/web.yaml: { manifest: web } } }]
log:
  - { id: e1, at: 2026-03-01T09:05:00Z, by: argocd, verb: patch, apply: true, after: { manifest: web } }
  - { id: e2, at: 2026-03-02T09:05:00Z, by: alice, verb: patch, after: { edit: [["name: cart", "name: evil"]] } }
live: [{ after: e2 }]
expect:
  exit: 1
  divergences:${divergences}
twin: { live: [{ after: e1 }] }
`;
}

async function agrees(divergences: string): Promise<boolean> {
  const [run] = readCase("sample", story(divergences));
  if (run === undefined) throw new Error("The sample is no case");
  const { expected, actual } = await withMaterializedCase(run.story, async ({ args, labelOf }) =>
    comparison(run.expect, await runAuditCommand(args), labelOf),
  );
  return JSON.stringify(sorted(actual)) === JSON.stringify(sorted(expected));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(entries.sort().map(([key, each]) => [key, sorted(each)]));
}

describe("comparing a report with a case's expectation", () => {
  it("agrees with what the audit is to find", async () => {
    expect(await agrees(FOUND)).toBe(true);
  });

  it.each([
    ["another verdict", FOUND.replace("out-of-band", "pending")],
    ["another evidence", FOUND.replace("proven", "indicated")],
    ["another person", FOUND.replace("alice@", "bob@")],
    ["nobody", FOUND.replace(/\n +actor:.*/, "")],
    ["a commit", `${FOUND}\n      commits: [c1]`],
    ["a reason that does not read so", `${FOUND}\n      reason: /because of the moon/`],
    ["a divergence more", `${FOUND}${FOUND.replace("cart.example", "shop.example")}`],
    ["none", " []"],
  ])("disagrees where the case expects %s", async (_, divergences) => {
    expect(await agrees(divergences)).toBe(false);
  });
});
