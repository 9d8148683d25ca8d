import { describe, expect, it } from "vitest";
import { findCases, readCase } from "../support/cases/find-cases.ts";

const DRIFT = `
title: a hand changed a backend
git: [{ commit: c1, author: Ann Lee <ann@example.com>, at: 2026-03-01T09:00:00Z, files: { deploy/web.yaml: { manifest: web } } }]
live: [{ manifest: web, edit: [["name: api", "name: api-v2"]] }]
expect:
  exit: 1
  divergences:
    - { field: spec.ingressClassName, change: changed, verdict: out-of-band, evidence: inferred }
twin: { live: [{ manifest: web }] }
`;

describe("reading a case", () => {
  it("finds at least the 48 cases that the repository holds", () => {
    expect(findCases().length).toBeGreaterThanOrEqual(48);
  });

  it("takes a case for its own run and its twin's", () => {
    expect(readCase("sample", DRIFT).map(({ name }) => name)).toEqual(["sample", "sample (twin)"]);
  });

  it("refuses a case that expects nothing", () => {
    expect(() => readCase("sample", DRIFT.replace(/expect:[\s\S]*twin/, "twin"))).toThrow(/expect/);
  });

  it("refuses drift without a twin", () => {
    expect(() => readCase("sample", DRIFT.replace(/twin:.*/, ""))).toThrow(/no twin/);
  });

  it("refuses a key that it does not know, at any depth", () => {
    expect(() => readCase("sample", DRIFT.replace("exit:", "exitStatus:"))).toThrow(/exitStatus/);
    expect(() => readCase("sample", DRIFT.replace("title:", "titel:"))).toThrow(/titel/);
  });

  it("refuses the same key twice", () => {
    expect(() => readCase("sample", `${DRIFT}\ntitle: again`)).toThrow(/unique/);
  });
});
