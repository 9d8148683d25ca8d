import type { Json } from "../../../src/model/json.ts";
import type { TestUser } from "./access.ts";
import type { CertificateAuthority } from "./certificate-authority.ts";

/** A real API server of its own for one test file. */
export interface TestCluster extends AsyncDisposable {
  /** `https://127.0.0.1:<port>`. */
  readonly url: string;
  /** PEM file with the certificate authority of the server. */
  readonly caPath: string;
  /** PEM file with the key by which the server signs and knows the tokens of service accounts. */
  readonly serviceAccountKeyPath: string;
  /** Whose client certificates the server accepts. */
  readonly clientAuthority: CertificateAuthority;
  /** One audit event a line; an event is there before the answer to its request is. */
  readonly auditLogPath: string;
  /** Path of the kubectl binary, for tests that run it themselves. */
  readonly kubectlPath: string;
  /** A folder that goes away with the cluster. */
  readonly scratchFolder: string;
  /** Path of a kubeconfig whose only context is named `test`. */
  kubeconfig(user: TestUser): string;
  /**
   * Run the real kubectl (about 100 ms a call).
   *
   * @throws {Error} With kubectl's output, if it fails, or if it does not fail although `expectFailure` is set.
   */
  kubectl(user: TestUser, args: readonly string[], options?: KubectlOptions): Promise<KubectlResult>;
  /** One raw request (a few ms). Answers of any status are results. */
  request(
    user: TestUser,
    method: string,
    path: string,
    body?: Json,
    options?: RequestOptions,
  ): Promise<ApiAnswer>;
  /** Namespaces cannot be deleted: there is no controller that would finalise them. */
  createNamespace(name: string): Promise<void>;
  /** What `kubectl get ingress,ingressclass -A -o json --show-managed-fields` prints. */
  snapshot(): Promise<string>;
  /** The audit events so far, parsed. */
  auditEvents(): Promise<readonly Json[]>;
  stop(): Promise<void>;
}

export interface KubectlOptions {
  readonly stdin?: string;
  /** The command must fail; its exit code is then a result. */
  readonly expectFailure?: boolean;
  /** More environment variables, such as KUBE_EDITOR. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface KubectlResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

export interface RequestOptions {
  /** Of the request's body; `application/json` unless given. */
  readonly contentType?: string;
  readonly userAgent?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ApiAnswer {
  readonly status: number;
  /** Parsed JSON; the text itself where it is none. */
  readonly body: Json;
}
