import { isDeepStrictEqual } from "node:util";
import { applyJsonPatch } from "../../../../src/attribute/writes/json-patch.ts";
import { applyMergePatch } from "../../../../src/attribute/writes/merge-patch.ts";
import type { ClusterWrite } from "../../../../src/model/cluster-write.ts";
import type { IngressObject } from "../../../../src/model/ingress.ts";
import type { Json } from "../../../../src/model/json.ts";
import { OwnedUnits } from "./owned-units.ts";
import { type Content, contentOf, ingressOf } from "./simulated-ingress.ts";

/** Who sends a request, and how. */
export interface Client {
  readonly user: string;
  readonly manager: string;
}

/** A write as the audit log has it, and the object as it truly was after it; null where it was gone. */
export interface ServedWrite {
  readonly write: ClusterWrite;
  readonly truth: IngressObject | null;
}

/**
 * One Ingress on an API server that keeps what matters here: uid, resourceVersion, generation, managedFields, the
 * default IngressClass, and answers without a new resourceVersion where nothing changed.
 */
export class SimulatedServer {
  readonly served: ServedWrite[] = [];
  #content: Content | null = null;
  #owned = new OwnedUnits();
  #uid = 0;
  /** Counts the writes to all objects of the cluster. */
  #revision = 100;
  #resourceVersion = 0;
  #generation = 0;
  #clock = Date.parse("2026-01-01T00:00:00Z");

  /** null where there is no object. */
  get object(): IngressObject | null {
    return this.#content === null ? null : this.#rendered(this.#content);
  }

  get content(): Content | null {
    return this.#content;
  }

  wait(seconds: number, otherWrites: number): void {
    this.#clock += seconds * 1000;
    this.#revision += otherWrites;
  }

  create(client: Client, content: Content, isApply = false): void {
    const request = ingressOf(content);
    const ingressClassName = content.ingressClassName ?? "nginx";
    this.#uid++;
    this.#generation = 0;
    this.#owned = new OwnedUnits();
    this.#content = { annotations: {}, ingressClassName: null, rules: [], status: "" };
    this.#store(client, { ...content, ingressClassName }, { verb: "create", request, isApply }, content);
  }

  update(client: Client, content: Content, resourceVersion: string | null): void {
    const request = ingressOf(content, resourceVersion === null ? {} : { resourceVersion });
    this.#store(client, content, { verb: "update", request, isApply: false });
  }

  mergePatch(client: Client, patch: Json): void {
    const content = contentOf(applyMergePatch(this.object ?? {}, patch));
    this.#store(client, content, { verb: "patch", request: patch, isApply: false });
  }

  jsonPatch(client: Client, operations: readonly Json[]): void {
    const result = applyJsonPatch(this.object ?? {}, operations);
    if (result === undefined) return;
    this.#store(client, contentOf(result), { verb: "patch", request: operations, isApply: false });
  }

  /** A server-side apply with force. */
  apply(client: Client, content: Content): void {
    if (this.#content === null) {
      this.create(client, content, true);
      return;
    }
    const request = ingressOf(content);
    const applied = this.#owned.applied(client.manager, this.#content, content);
    this.#store(client, applied, { verb: "patch", request, isApply: true }, content);
  }

  writeStatus(client: Client, status: string, annotations: Readonly<Record<string, string>>): void {
    const current = this.#content;
    if (current === null) return;
    const content = { ...current, status, annotations: { ...current.annotations, ...annotations } };
    const write = {
      verb: "patch" as const,
      request: undefined,
      isApply: false,
      subresource: "status" as const,
    };
    this.#store(client, content, write);
  }

  delete(client: Client): void {
    const uid = this.#uidText();
    this.#content = null;
    this.#revision++;
    this.#serve(client, { verb: "delete", request: undefined, isApply: false, uid, after: null });
  }

  #store(
    client: Client,
    given: Content,
    request: Pick<ClusterWrite, "verb" | "request" | "isApply" | "subresource">,
    applied?: Content,
  ): void {
    const before = this.#content;
    const content = contentOf(ingressOf(given));
    const owned = this.#owned.after(client, request, before, content, this.#now(), applied);
    const isCreate = request.verb === "create";
    if (isCreate || !isDeepStrictEqual(before, content) || !owned.equals(this.#owned)) {
      this.#resourceVersion = ++this.#revision;
      const specOf = ({ ingressClassName, rules }: Content) => ({ ingressClassName, rules });
      const isSpecChanged = before === null || !isDeepStrictEqual(specOf(before), specOf(content));
      this.#generation = isCreate ? 1 : this.#generation + (isSpecChanged ? 1 : 0);
      this.#content = content;
      this.#owned = owned;
    }
    const hasBody = request.subresource === undefined;
    this.#serve(client, { ...request, uid: this.#uidText(), after: hasBody ? this.object : undefined });
  }

  #serve(
    client: Client,
    made: Partial<ClusterWrite> & Pick<ClusterWrite, "verb" | "request" | "isApply">,
  ): void {
    const after = made.after;
    const write: ClusterWrite = {
      auditID: `audit-${this.served.length}`,
      at: this.#now(),
      user: client.user,
      impersonatedBy: null,
      groups: [],
      userAgent: `${client.manager}/1.0`,
      sourceIP: null,
      fieldManager: null,
      id: { namespace: "shop", name: "web" },
      uid: null,
      resourceVersion: after === null || after === undefined ? null : String(this.#resourceVersion),
      after: undefined,
      mutatedBy: [],
      ...made,
    };
    this.served.push({ write, truth: this.object });
  }

  #rendered(content: Content): IngressObject {
    return ingressOf(content, {
      uid: this.#uidText(),
      resourceVersion: String(this.#resourceVersion),
      generation: this.#generation,
      managedFields: this.#owned.managedFields(),
    });
  }

  #uidText(): string {
    return `uid-${this.#uid}`;
  }

  #now(): string {
    return new Date(this.#clock).toISOString().replace("Z", "000Z");
  }
}
