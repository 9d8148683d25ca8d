import { generateKeyPairSync } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { TEST_USERS, type TestUser, tokenFile, tokenOf } from "./access.ts";
import { type AuditLevel, auditPolicy } from "./audit-policy.ts";
import type { CertificateAuthority } from "./certificate-authority.ts";

/** Write everything that the servers and their clients read: keys, tokens, the audit policy, kubeconfigs. */
export async function writeConfiguration(
  folder: string,
  url: string,
  auditLevel: AuditLevel,
  clientAuthority: CertificateAuthority,
): Promise<void> {
  const key = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
  await mkdir(path.join(folder, "kubeconfigs"));
  await Promise.all([
    writeFile(serviceAccountKeyPath(folder), key.export({ type: "pkcs8", format: "pem" })),
    writeFile(tokenFilePath(folder), tokenFile(), { mode: 0o600 }),
    writeFile(clientAuthorityPath(folder), clientAuthority.certificate),
    writeFile(auditPolicyPath(folder), auditPolicy(auditLevel)),
    ...TEST_USERS.map((user) => writeFile(kubeconfigPath(folder, user), kubeconfigText(folder, url, user))),
  ]);
}

export function kubeconfigPath(folder: string, user: TestUser): string {
  return path.join(folder, "kubeconfigs", `${user.replaceAll(":", "_")}.json`);
}

/** JSON is YAML. */
function kubeconfigText(folder: string, url: string, user: TestUser): string {
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    "current-context": "test",
    contexts: [{ name: "test", context: { cluster: "test", user } }],
    clusters: [{ name: "test", cluster: { server: url, "certificate-authority": caPath(folder) } }],
    users: [{ name: user, user: { token: tokenOf(user) } }],
  });
}

/** The server makes its own certificate there, its authority appended. */
export function caPath(folder: string): string {
  return path.join(certificateFolder(folder), "apiserver.crt");
}

export function auditLogPath(folder: string): string {
  return path.join(folder, "audit.log");
}

export function auditPolicyPath(folder: string): string {
  return path.join(folder, "audit-policy.json");
}

export function serviceAccountKeyPath(folder: string): string {
  return path.join(folder, "service-account.key");
}

export function clientAuthorityPath(folder: string): string {
  return path.join(folder, "client-authority.crt");
}

export function tokenFilePath(folder: string): string {
  return path.join(folder, "tokens.csv");
}

export function certificateFolder(folder: string): string {
  return path.join(folder, "certificates");
}
