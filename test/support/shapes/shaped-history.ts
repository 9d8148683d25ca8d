import type { JsonObject } from "../../../src/model/json.ts";
import {
  type FileContent,
  type Identity,
  type Label,
  RepositoryBuilder,
} from "../repository/build-repository.ts";
import { type Random, seededRandom } from "../truth/random.ts";

/** The two fields of an Ingress that these histories change. */
export type ShapedField = "service" | "timeout";

/** What one Ingress says; everything else of it stays as it is. */
export interface ShapedIngress {
  readonly namespace: string;
  readonly name: string;
  readonly host: string;
  service: string;
  timeout: string;
}

export interface ShapedHistory {
  readonly history: RepositoryBuilder;
  /** What the cluster holds: what Git declared when it was deployed last. */
  readonly live: readonly JsonObject[];
  /**
   * By Ingress and field, the commits that changed its meaning since it was deployed, newest first, of every field that
   * differs.
   */
  readonly behind: ReadonlyMap<string, readonly Label[]>;
  readonly commits: number;
  /** Commits whose author is not their committer. */
  readonly committedByOthers: number;
  /** Commits that touch a file of an Ingress, and of those the ones that change no field. */
  readonly touching: number;
  readonly meaningless: number;
}

const FORGE: Identity = { name: "GitHub", email: "noreply@github.com" };

/** Records a history of some shape, and who is behind each field of each Ingress. */
export class ShapeRecorder {
  readonly random: Random;
  readonly ingresses: ShapedIngress[] = [];
  readonly #history = new RepositoryBuilder();
  readonly #authors: readonly Identity[];
  readonly #deployed = new Map<string, ShapedIngress>();
  readonly #since = new Map<string, Label[]>();
  #version = 0;
  #commits = 0;
  #committedByOthers = 0;
  #touching = 0;
  #meaningless = 0;

  constructor(seed: number, authors: number) {
    this.random = seededRandom(seed);
    this.#authors = Array.from({ length: authors }, (_, index) => ({
      name: `Author ${index}`,
      email: `author${index}@example.com`,
    }));
  }

  get commits(): number {
    return this.#commits;
  }

  get touching(): number {
    return this.#touching;
  }

  /** A value that no field held before. */
  fresh(prefix: string): string {
    this.#version += 1;
    return `${prefix}-v${this.#version}`;
  }

  freshNumber(): string {
    this.#version += 1;
    return String(this.#version);
  }

  /**
   * @param meaning The fields that the commit changes, each for every Ingress that it reaches; none where it changes files
   *   of Ingresses and no meaning; null where it touches no such file.
   */
  commit(
    message: string,
    files: Readonly<Record<string, FileContent>>,
    meaning: readonly (readonly [ShapedIngress, ShapedField])[] | null = null,
    {
      isCommittedByAuthor = false,
      links = {},
    }: { isCommittedByAuthor?: boolean; links?: Record<string, string> } = {},
  ): void {
    const author = this.random.pick(this.#authors);
    const committer = isCommittedByAuthor ? author : FORGE;
    const label = this.#history.commit({ message, author, committer, files, links });
    this.#commits += 1;
    if (!isCommittedByAuthor) this.#committedByOthers += 1;
    if (meaning !== null) this.#touching += 1;
    if (meaning?.length === 0) this.#meaningless += 1;
    for (const [ingress, field] of meaning ?? []) {
      const key = `${keyOf(ingress)} ${field}`;
      this.#since.set(key, [label, ...(this.#since.get(key) ?? [])]);
    }
  }

  /** What Git declares now is what the cluster holds. */
  deploy(): void {
    this.#since.clear();
    for (const each of this.ingresses) this.#deployed.set(keyOf(each), { ...each });
  }

  finish(): ShapedHistory {
    const live = [...this.#deployed.values()].map(liveIngress);
    const behind = new Map<string, readonly Label[]>();
    for (const [key, labels] of this.#since) behind.set(key, labels);
    return {
      history: this.#history,
      live,
      behind,
      commits: this.#commits,
      committedByOthers: this.#committedByOthers,
      touching: this.#touching,
      meaningless: this.#meaningless,
    };
  }
}

export function keyOf({ namespace, name }: Pick<ShapedIngress, "namespace" | "name">): string {
  return `${namespace}/${name}`;
}

const TIMEOUT = "nginx.ingress.kubernetes.io/proxy-read-timeout";

/** The field as reports write it. */
export function fieldPathOf(field: ShapedField, host: string): string {
  return field === "timeout"
    ? `metadata.annotations["${TIMEOUT}"]`
    : `spec.rules[host="${host}"].http.paths[path="/",pathType="Prefix"].backend.service.name`;
}

/** A manifest of `networking.k8s.io/v1`; without a namespace where something else gives it. */
export function shapedManifest(
  { name, host, service, timeout }: Omit<ShapedIngress, "namespace">,
  namespace: string | null = null,
): string {
  return `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: ${name}
${namespace === null ? "" : `  namespace: ${namespace}\n`}  annotations:
    ${TIMEOUT}: "${timeout}"
spec:
  ingressClassName: nginx
  rules:
    - host: ${host}
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: ${service}
                port:
                  number: 80
`;
}

function liveIngress({ namespace, name, host, service, timeout }: ShapedIngress): JsonObject {
  const backend = { service: { name: service, port: { number: 80 } } };
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: {
      namespace,
      name,
      uid: keyOf({ namespace, name }),
      resourceVersion: "9",
      annotations: { [TIMEOUT]: timeout },
    },
    spec: {
      ingressClassName: "nginx",
      rules: [{ host, http: { paths: [{ path: "/", pathType: "Prefix", backend }] } }],
    },
  };
}
