import { describe, expect, test } from "vitest";
import { parseConfiguration } from "../../../src/adapters/config/parse-configuration.ts";
import { unknownDeployer } from "../../../src/audit/writers/unknown-deployer.ts";
import { unknownDeployerProblem } from "../../../src/audit/writers/unknown-deployer-problem.ts";
import { writerPolicyOf } from "../../../src/audit/writers/writer-policy-of.ts";
import type { ClusterWrite } from "../../../src/model/cluster-write.ts";
import { NO_CONFIGURATION } from "../../../src/model/configuration.ts";
import type { ComparedIngress } from "../../../src/model/divergence.ts";
import type { JsonObject } from "../../../src/model/json.ts";

const policy = writerPolicyOf(NO_CONFIGURATION);
const CI = "system:serviceaccount:ci:deploy-bot";

interface Small {
  /** Managers of the spec, oldest first. */
  readonly managers?: readonly string[];
  readonly lastWriter?: string;
  readonly diverges?: boolean;
  readonly isExtra?: boolean;
}

function find(ingresses: readonly Small[]) {
  const compared = ingresses.map(comparedOf);
  const writesOf = ({ name }: { readonly name: string }) => {
    const { lastWriter } = ingresses[Number(name)] ?? {};
    return lastWriter === undefined ? [] : [writeBy(lastWriter)];
  };
  return unknownDeployer(compared, writesOf, policy);
}

function comparedOf(
  { managers = [], diverges = false, isExtra = false }: Small,
  index: number,
): ComparedIngress {
  const id = { namespace: "shop", name: String(index) };
  const managedFields = managers.map(
    (manager, order): JsonObject => ({
      manager,
      operation: "Update",
      time: `2026-03-01T09:00:0${order}Z`,
      fieldsV1: { "f:spec": { "f:rules": {} } },
    }),
  );
  const divergence = { field: ["spec"], change: "changed", desired: null, live: null } as const;
  return {
    id,
    state: diverges ? "changed" : "in-sync",
    desired: isExtra
      ? null
      : { id, object: {}, origin: { path: "a.yaml", line: 1, renderer: "plain" }, placeAt: () => null },
    live: { id, object: { metadata: { managedFields } } },
    desiredKeyed: null,
    liveKeyed: null,
    divergences: diverges ? [divergence] : [],
    recognised: [],
  };
}

function writeBy(user: string): ClusterWrite {
  return {
    auditID: "e",
    at: "2026-03-01T09:00:00Z",
    verb: "update",
    user,
    impersonatedBy: null,
    groups: [],
    userAgent: null,
    sourceIP: null,
    fieldManager: null,
    id: { namespace: "shop", name: "0" },
    uid: null,
    resourceVersion: null,
    request: undefined,
    isApply: false,
    after: undefined,
    mutatedBy: [],
  };
}

const times = (count: number, small: Small) => Array.from({ length: count }, () => small);

describe("an unknown deployer", () => {
  test("is the manager that wrote the great majority of the Ingresses that agree with Git", () => {
    const found = find([
      ...times(8, { managers: ["deploy-bot"] }),
      ...times(2, { managers: ["kubectl-edit"] }),
    ]);
    expect(found).toEqual({ manager: { name: "deploy-bot", wrote: 8, of: 10 }, user: null });
  });

  test("is nobody where fewer than four fifths are one's, or fewer than three", () => {
    expect(
      find([...times(7, { managers: ["deploy-bot"] }), ...times(2, { managers: ["other"] })]),
    ).toBeNull();
    expect(find(times(2, { managers: ["deploy-bot"] }))).toBeNull();
  });

  test("is not counted by Ingresses that diverge, or that Git does not declare", () => {
    expect(find(times(5, { managers: ["deploy-bot"], diverges: true }))).toBeNull();
    expect(find(times(5, { managers: ["deploy-bot"], isExtra: true }))).toBeNull();
  });

  test("is whoever wrote last, and a controller that wrote since is none", () => {
    const found = find(times(3, { managers: ["kubectl-create", "deploy-bot", "cert-manager-acmesolver"] }));
    expect(found?.manager?.name).toBe("deploy-bot");
  });

  test.each([
    "argocd-controller",
    "kubectl-client-side-apply",
    "kubectl",
    "kubectl-create",
    "kubectl-edit",
    "Mozilla",
  ])("is not %s: known already, or everybody's tool", (manager) => {
    expect(find(times(5, { managers: [manager] }))).toBeNull();
  });

  test("is not what wrote beside a known deployer", () => {
    expect(find(times(5, { managers: ["argocd-controller", "deploy-bot"] }))).toBeNull();
  });

  test("is the user whom the audit log shows, whatever the tool", () => {
    const found = find(times(4, { managers: ["kubectl-client-side-apply"], lastWriter: CI }));
    expect(found).toEqual({ manager: null, user: { name: CI, wrote: 4, of: 4 } });
  });

  test("is not a known deployer's user", () => {
    const argocd = "system:serviceaccount:argocd:argocd-application-controller";
    expect(find(times(4, { lastWriter: argocd }))).toBeNull();
  });
});

describe("the warning", () => {
  const all = { wrote: 4, of: 4 };

  test("names the manager and gives the line to add", () => {
    const problem = unknownDeployerProblem({ manager: { name: "deploy-bot", wrote: 8, of: 10 }, user: null });
    expect(problem).toMatchObject({
      code: "deployer-unknown",
      level: "warning",
      path: ".ingress-audit.yaml",
    });
    expect(problem.message).toContain("deploy-bot wrote 8 of the 10 Ingresses");
    expect(problem.remedy).toMatch(/: deployers: \{ fieldManagers: \["deploy-bot"\] \}$/);
  });

  test("gives a line that lists the deployer, as the configuration is read", () => {
    const user = { name: 'ci: "main"', ...all };
    const { remedy } = unknownDeployerProblem({ manager: { name: "deploy-bot", ...all }, user });
    const line = remedy.slice(remedy.indexOf("deployers:"));
    const listed = writerPolicyOf(parseConfiguration(line, ".ingress-audit.yaml"));
    expect([listed.isDeployerUser(user.name), listed.isDeployerManager("deploy-bot")]).toEqual([true, true]);
  });

  test("names the service account, or the user, as the configuration writes them", () => {
    const account = unknownDeployerProblem({
      manager: { name: "kubectl-replace", ...all },
      user: { name: CI, ...all },
    });
    const user = unknownDeployerProblem({ manager: null, user: { name: "github: actions", ...all } });
    expect(account.remedy).toMatch(
      /\{ serviceAccounts: \[ci\/deploy-bot\], fieldManagers: \["kubectl-replace"\] \}$/,
    );
    expect(user.remedy).toMatch(/\{ users: \["github: actions"\] \}$/);
  });
});
