import { type FieldManagerEntry, fieldManagerEntries } from "../../../src/attribute/managed-fields.ts";
import { type IngressId, ingressKey } from "../../../src/model/ingress.ts";
import { isJsonObject, type Json, type JsonObject } from "../../../src/model/json.ts";
import type { TestUser } from "../cluster/access.ts";
import type { KubectlOptions, RequestOptions, TestCluster } from "../cluster/test-cluster.ts";
import { idOf } from "./branch-state.ts";
import { ClusterRecord, type TrueWrite } from "./cluster-record.ts";
import type { IngressModel } from "./ingress-model.ts";
import { modelOf } from "./manifest.ts";

/** Who writes, and what the simulation knows of the write. */
export interface Intent {
  readonly user: TestUser;
  readonly role: TrueWrite["role"];
  readonly via: string;
  /** `user` acts as this one. */
  readonly as?: TestUser;
  readonly deployed?: TrueWrite["deployed"];
}

export interface WriteRequest {
  readonly method: "POST" | "PUT" | "PATCH" | "DELETE";
  readonly body?: Json;
  readonly fieldManager?: string;
  /** More parameters: `&force=true`. */
  readonly parameters?: string;
  readonly options?: RequestOptions;
}

/** What kubectl sends beside the body. */
export const KUBECTL_AGENT = "kubectl/v1.36.3 (linux/amd64) kubernetes/unknown";

/** Writes to one simulation's namespaces through the real API server, and records what became of each. */
export class ClusterLife {
  readonly record = new ClusterRecord();
  readonly #cluster: TestCluster;
  readonly #raw = new Map<string, JsonObject>();

  constructor(cluster: TestCluster) {
    this.#cluster = cluster;
  }

  /** The object as the server last answered it. */
  raw(key: string): JsonObject | undefined {
    return this.#raw.get(key);
  }

  /** @throws {Error} where the server refuses: what the story plans can be done. */
  async write(key: string, intent: Intent, request: WriteRequest): Promise<void> {
    const status = await this.tryWrite(key, intent, request);
    if (status >= 300) throw new Error(`${intent.via} of ${key} was answered with ${status}`);
  }

  /** @returns the answer's status; recorded only where the server did it. */
  async tryWrite(key: string, intent: Intent, request: WriteRequest): Promise<number> {
    const from = Date.now();
    const { status, body } = await this.#send(key, intent, request);
    if (status < 300) {
      const userAgent = request.options?.userAgent ?? KUBECTL_AGENT;
      const client = {
        fieldManager: request.fieldManager ?? userAgent.replace(/\/.*/, ""),
        isApply: request.options?.contentType === "application/apply-patch+yaml",
      };
      this.#add(key, { ...intent, ...client }, from, leftBy(body), request.body);
    }
    return status;
  }

  /** A request that changes nothing, whatever it looks like. */
  async attempt(key: string, intent: Intent, request: WriteRequest): Promise<void> {
    await this.#send(key, intent, request);
  }

  /** The same through the real kubectl. */
  async kubectl(
    key: string,
    intent: Intent,
    args: readonly string[],
    options: KubectlOptions = {},
  ): Promise<void> {
    const from = Date.now();
    const as = intent.as === undefined ? [] : [`--as=${intent.as}`];
    const namespace = ["--namespace", idOf(key).namespace];
    await this.#cluster.kubectl(intent.user, [...args, ...namespace, ...as], options);
    const { status, body } = await this.#cluster.request("admin", "GET", objectPath(idOf(key)));
    const sent = options.stdin === undefined ? undefined : (JSON.parse(options.stdin) as Json);
    this.#add(key, { ...intent, ...kubectlClient(args) }, from, status === 404 ? undefined : body, sent);
  }

  async #send(key: string, { user, as }: Intent, request: WriteRequest) {
    const { method, body, fieldManager, parameters = "", options = {} } = request;
    const manager = fieldManager === undefined ? "" : `fieldManager=${fieldManager}`;
    const query = manager + parameters === "" ? "" : `?${manager}${parameters}`;
    const path = (method === "POST" ? listPath(idOf(key)) : objectPath(idOf(key))) + query;
    const headers = as === undefined ? {} : { "Impersonate-User": as };
    return await this.#cluster.request(user, method, path, body, {
      userAgent: KUBECTL_AGENT,
      ...options,
      headers: { ...headers, ...options.headers },
    });
  }

  #add(
    key: string,
    intent: Intent & Client,
    from: number,
    body: Json | undefined,
    sent: Json | undefined,
  ): void {
    const before = this.record.live.get(key);
    const after = body === undefined ? undefined : withServersOwn(modelOf(body), before, sent);
    if (isJsonObject(body)) this.#raw.set(key, body);
    else this.#raw.delete(key);
    this.record.add(key, {
      from,
      to: Date.now(),
      role: intent.role,
      user: intent.as ?? intent.user,
      impersonatedBy: intent.as === undefined ? null : intent.user,
      via: intent.via,
      fieldManager: intent.fieldManager,
      isApply: intent.isApply,
      deployed: intent.deployed ?? null,
      before,
      after,
    });
    if (isJsonObject(body) && fieldManagerEntries(body).some(ownsClass)) this.record.ownedClasses.add(key);
    else this.record.ownedClasses.delete(key);
  }
}

type Client = Pick<TrueWrite, "fieldManager" | "isApply">;

/** @see https://kubernetes.io/docs/reference/kubectl/generated/kubectl_apply/ for `--field-manager` and its defaults */
function kubectlClient([verb, ...args]: readonly string[]): Client {
  const isApply = verb === "apply" && args.includes("--server-side");
  if (isApply) return { fieldManager: "kubectl", isApply };
  return { fieldManager: verb === "apply" ? "kubectl-client-side-apply" : `kubectl-${verb}`, isApply };
}

/** What a write has left of the object: nothing where it deleted it, or took the last finalizer of one being deleted. */
function leftBy(answer: Json): Json | undefined {
  if (!isJsonObject(answer) || answer.kind !== "Ingress") return undefined;
  const { deletionTimestamp, finalizers } = isJsonObject(answer.metadata) ? answer.metadata : {};
  return deletionTimestamp !== undefined && finalizers === undefined ? undefined : answer;
}

/** Where a new Ingress was sent without a class and has one, the server filled it in; it is so until it is another. */
function withServersOwn(
  model: IngressModel,
  before: IngressModel | undefined,
  sent: Json | undefined,
): IngressModel {
  const isFilledIn =
    before === undefined
      ? model.class.name !== undefined && sent !== undefined && modelOf(sent).class.name === undefined
      : before.server.class !== undefined && before.class.name === model.class.name;
  return isFilledIn ? { ...model, server: { ...model.server, class: "yes" } } : model;
}

function ownsClass({ fields }: FieldManagerEntry): boolean {
  const spec = fields["f:spec"];
  return isJsonObject(spec) && spec["f:ingressClassName"] !== undefined;
}

export function listPath({ namespace }: IngressId): string {
  return `/apis/networking.k8s.io/v1/namespaces/${namespace}/ingresses`;
}

export function objectPath(id: IngressId): string {
  return `${listPath(id)}/${id.name}`;
}

export function keyOf(id: IngressId): string {
  return ingressKey(id);
}
