import { describe, expect, it } from "vitest";
import { permissionLines } from "../../../src/adapters/github/permission-lines.ts";

describe("the permissions that GitHub says suffice", () => {
  it.each([
    ["issues=write", ["issues: write"]],
    ["issues=write; pull_requests=write", ["issues: write", "pull-requests: write"]],
    ["pull_requests=read,contents=read", ["pull-requests: read and contents: read"]],
    ["", []],
    ["allows_permissionless_access=true", []],
    ["`x`=write; issues=write", ["issues: write"]],
  ])("%j", (header, lines) => {
    expect(permissionLines(header)).toEqual(lines);
  });
});
