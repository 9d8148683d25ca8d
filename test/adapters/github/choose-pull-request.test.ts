import { describe, expect, it } from "vitest";
import {
  type ConnectedPullRequest,
  choosePullRequest,
} from "../../../src/adapters/github/choose-pull-request.ts";

const SHA = "a".repeat(40);

function connected(number: number, more: Partial<ConnectedPullRequest> = {}): ConnectedPullRequest {
  const none = {
    url: null,
    mergedBy: null,
    approvedBy: [],
    mergedAt: null,
    isOpen: false,
    mergeCommit: null,
    isSource: true,
  };
  return { number, ...none, ...more };
}

const at = (day: number) => ({ mergedAt: `2026-03-0${day}T00:00:00Z` });

describe("a commit's pull request", () => {
  it.each<[string, readonly ConnectedPullRequest[], number | undefined]>([
    [
      "is the one that the commit merged",
      [connected(1, at(1)), connected(2, { ...at(2), mergeCommit: SHA })],
      2,
    ],
    ["else the first that was merged with it", [connected(3, at(3)), connected(2, at(2))], 2],
    ["is a merged one rather than an open one", [connected(1, { isOpen: true }), connected(2, at(1))], 2],
    ["is an open one where none was merged", [connected(1), connected(2, { isOpen: true })], 2],
    ["is none that merely holds it", [connected(1, { ...at(1), isSource: false })], undefined],
    [
      "is the first of several open ones",
      [connected(3, { isOpen: true }), connected(2, { isOpen: true })],
      2,
    ],
    ["is none that was closed without a merge", [connected(1)], undefined],
    ["is none where there is none", [], undefined],
  ])("%s", (_, candidates, number) => {
    expect(choosePullRequest(SHA, candidates)?.pullRequest.number).toBe(number);
  });
});
