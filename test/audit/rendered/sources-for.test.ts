import { expect, test } from "vitest";
import type { AuditRequest } from "../../../src/audit/audit-request.ts";
import { sourcesFor } from "../../../src/audit/rendered/sources-for.ts";
import type { Destination, DiscoveredSource } from "../../../src/model/discovery.ts";
import { kustomizeSource } from "../../support/renderers/render-files.ts";

const goingTo = (destination: Partial<Destination>): DiscoveredSource => ({
  source: kustomizeSource(`deploy/${destination.name ?? destination.server ?? "own"}`),
  declaredBy: { kind: "Application", name: "argocd/shop", place: null },
  definedBy: [],
  reason: "",
  destination: { name: null, server: null, ...destination },
  appliedBy: null,
  appliedRevision: null,
});

/** The destinations that count, and those that a problem tells of. */
function choose(sources: readonly DiscoveredSource[], asked: Partial<AuditRequest> = {}) {
  const request = { clusterName: null, destinations: [], ...asked } as unknown as AuditRequest;
  const chosen = sourcesFor(sources, request, { cluster: "us", server: "https://us.example.com" });
  return [chosen.sources.map(({ source }) => source.id), chosen.problems.map(({ code }) => code)];
}

test("what goes to the cluster's name, its address or the tool's own cluster counts", () => {
  const sources = [
    goingTo({ name: "us" }),
    goingTo({ server: "https://us.example.com" }),
    goingTo({ name: "in-cluster" }),
    goingTo({}),
    goingTo({ name: "eu" }),
  ];

  expect(choose(sources)).toEqual([sources.slice(0, 4).map(({ source }) => source.id), ["other-clusters"]]);
});

test("where all go to one cluster that nothing here names, that one is meant", () => {
  const sources = [goingTo({ name: "production" })];

  expect(choose(sources)).toEqual([sources.map(({ source }) => source.id), []]);
});

test("where all go to another cluster of the configuration, none counts", () => {
  const sources = [goingTo({ name: "eu" })];

  expect(choose(sources, { clusterName: "us", otherDestinations: ["eu", "https://eu.example.com"] })).toEqual(
    [[], ["other-clusters"]],
  );
});

test("where they go to several and nothing says which of them this one is, that is an error", () => {
  const sources = [goingTo({ name: "prod-eu" }), goingTo({ name: "prod-us" })];
  const undecided = (asked: Partial<AuditRequest>) =>
    sourcesFor(sources, { clusterName: null, destinations: [], ...asked } as unknown as AuditRequest, {
      cluster: null,
    });

  expect(undecided({})).toMatchObject({ sources: [], isUndecided: true, problems: [{ level: "error" }] });
  expect(undecided({ destinations: ["prod-eu"] })).toMatchObject({
    sources: [sources[0]],
    isUndecided: false,
    problems: [{ level: "warning" }],
  });
  expect(undecided({ destinations: ["test"] })).toMatchObject({ sources: [], isUndecided: false });
  expect(undecided({ otherDestinations: ["prod-eu", "prod-us"] })).toMatchObject({ isUndecided: false });
});
