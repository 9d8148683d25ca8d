import { createHash } from "node:crypto";

/** Everyone who has a token, with the groups that a real authenticator would give. */
const GROUPS = {
  /** Bypasses RBAC. */
  admin: ["system:masters"],
  "system:serviceaccount:argocd:argocd-application-controller": serviceAccountGroups("argocd"),
  "system:serviceaccount:flux-system:kustomize-controller": serviceAccountGroups("flux-system"),
  "system:serviceaccount:cert-manager:cert-manager": serviceAccountGroups("cert-manager"),
  "ci-deployer": ["deployers"],
  "alice@example.com": ["developers"],
  "bob@example.com": ["developers"],
  "carol@example.com": ["developers"],
  "mallory@example.com": [],
  /** May get, list and watch Ingresses and IngressClasses, and nothing else. */
  auditor: [],
  /** May do nothing. */
  nobody: [],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type TestUser = keyof typeof GROUPS;

export const TEST_USERS = Object.keys(GROUPS) as readonly TestUser[];

const AUDITORS: readonly TestUser[] = ["auditor"];
const EDITORS = TEST_USERS.filter((user) => user !== "admin" && user !== "auditor" && user !== "nobody");

/** Made up, and good for one throw-away server on the loopback only. */
export function tokenOf(user: TestUser): string {
  return createHash("sha256").update(`test-token:${user}`).digest("hex").slice(0, 32);
}

/** The file for `--token-auth-file`: token, user, uid and groups. */
export function tokenFile(): string {
  return TEST_USERS.map((user) => {
    const groups = GROUPS[user].join(",");
    return `${tokenOf(user)},${user},uid-of-${user}${groups === "" ? "" : `,"${groups}"`}\n`;
  }).join("");
}

/** The roles and bindings that {@link TEST_USERS} need, as API paths and objects to create there. */
export function accessObjects(): readonly { readonly path: string; readonly object: object }[] {
  const networking = { apiGroups: ["networking.k8s.io"] };
  const editor = [
    { ...networking, resources: ["ingresses", "ingresses/status"], verbs: ["*"] },
    { ...networking, resources: ["ingressclasses"], verbs: ["get", "list", "watch"] },
    { apiGroups: [""], resources: ["namespaces"], verbs: ["get", "list"] },
  ];
  const auditor = [
    { ...networking, resources: ["ingresses", "ingressclasses"], verbs: ["get", "list", "watch"] },
  ];
  const bob: TestUser = "bob@example.com";
  const impersonateBob = [
    { apiGroups: [""], resources: ["users"], resourceNames: [bob], verbs: ["impersonate"] },
  ];
  return [
    ...roleFor("ingress-editor", editor, EDITORS),
    ...roleFor("ingress-auditor", auditor, AUDITORS),
    ...roleFor("impersonate-bob", impersonateBob, ["alice@example.com"]),
  ];
}

function roleFor(name: string, rules: readonly object[], users: readonly TestUser[]) {
  const api = "/apis/rbac.authorization.k8s.io/v1";
  const type = { apiVersion: "rbac.authorization.k8s.io/v1", metadata: { name } };
  const group = "rbac.authorization.k8s.io";
  const subjects = users.map((user) => ({ apiGroup: group, kind: "User", name: user }));
  return [
    { path: `${api}/clusterroles`, object: { ...type, kind: "ClusterRole", rules } },
    {
      path: `${api}/clusterrolebindings`,
      object: {
        ...type,
        kind: "ClusterRoleBinding",
        roleRef: { apiGroup: group, kind: "ClusterRole", name },
        subjects,
      },
    },
  ];
}

function serviceAccountGroups(namespace: string): readonly string[] {
  return ["system:serviceaccounts", `system:serviceaccounts:${namespace}`];
}
