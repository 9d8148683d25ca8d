import type { Json } from "../../../../src/model/json.ts";
import type { TestUser } from "../access.ts";
import type { AuditLevel } from "../audit-policy.ts";
import { ingress, ingressesPath } from "../ingress-objects.ts";
import type { TestCluster } from "../test-cluster.ts";

/** One kind of request, as it happens to a real API server in a namespace of its own. */
export interface AuditEventKind {
  readonly name: string;
  readonly auditLevel: AuditLevel;
  readonly happen: (cluster: TestCluster, namespace: string) => Promise<void>;
}

export function kind(
  name: string,
  happen: AuditEventKind["happen"],
  auditLevel: AuditLevel = "sufficient",
): AuditEventKind {
  return { name, auditLevel, happen };
}

/** Create `<name>.example.com` as `user`; returns the object as the server has it. */
export async function create(
  cluster: TestCluster,
  namespace: string,
  user: TestUser = "alice@example.com",
  name = "web",
): Promise<Json> {
  return await expectStatus(
    cluster.request(user, "POST", ingressesPath(namespace), ingress(namespace, name)),
    201,
  );
}

export async function expectStatus(
  answer: ReturnType<TestCluster["request"]>,
  status: number,
): Promise<Json> {
  const { status: seen, body } = await answer;
  if (seen !== status)
    throw new Error(`expected ${status}, the server answered ${seen}: ${JSON.stringify(body)}`);
  return body;
}
