import { AuditError } from "../../model/audit-error.ts";
import type { ApiConnection } from "./api-connection.ts";
import { ApiFailure, type Failure } from "./api-failure.ts";

export interface ReadTarget {
  readonly resource: "ingresses" | "ingressclasses" | "GitOps objects";
  /** null for the whole cluster. */
  readonly namespace: string | null;
}

type Explanation = Pick<AuditError, "code" | "what" | "mend">;

/** Say what a failed read means. Anything that is no {@link ApiFailure} (an abort) is returned as it is. */
export function readFailure(error: unknown, connection: ApiConnection, target: ReadTarget): unknown {
  if (!(error instanceof ApiFailure)) return error;
  const place = target.namespace === null ? "" : ` in namespace ${target.namespace}`;
  const list = `Cannot list ${target.resource}${place}`;
  // No cause: it would carry nothing more, and must never carry a request's headers.
  return new AuditError({
    ...explain(error.failure, list, connection, target),
    where: {
      context: connection.context,
      resource: `networking.k8s.io/v1/${target.resource}`,
      ...(target.namespace === null ? {} : { namespace: target.namespace }),
    },
  });
}

function explain(failure: Failure, list: string, connection: ApiConnection, target: ReadTarget): Explanation {
  const { proxy } = connection;
  const server = proxy === null ? connection.server : `${connection.server}, through the proxy ${proxy},`;
  switch (failure.kind) {
    case "status":
      return explainStatus(failure.status, failure.message, list, target);
    case "network":
      return explainNetwork(failure.code, list, server);
    case "timeout":
      return {
        code: "live-timeout",
        what: `${list}: ${server} did not answer within ${failure.timeoutMs / 1000} s`,
        mend: "Check that the address is reachable from here, and the API server's health.",
      };
    case "answer":
      return {
        code: "live-read-failed",
        what: `${list}: ${server} answered with ${failure.contentType}, not with a Kubernetes list`,
        mend: "Check that the kubeconfig's server is an API server and no login page stands before it.",
      };
    case "credentials":
      return {
        code: "credentials-unavailable",
        what: `${list}: the kubeconfig's credentials cannot be had; ${failure.reason}`,
        mend: "Run any kubectl command with this context to see what it says, and log in again.",
      };
    default:
      return failure satisfies never;
  }
}

function explainStatus(status: number, message: string, list: string, target: ReadTarget): Explanation {
  const said = message === "" ? "" : `: ${message.slice(0, 500)}`;
  const what = `${list} (HTTP ${status})${said}`;
  switch (status) {
    case 401:
      return {
        code: "live-read-unauthorized",
        what: `${list}: the server does not accept the credentials (HTTP 401)`,
        mend: "Log in again, or renew the token in the kubeconfig.",
      };
    case 403:
      return { code: "live-read-forbidden", what, mend: grant(target) };
    case 404:
      return {
        code: "live-api-missing",
        what: `${list}: the server has no networking.k8s.io/v1 (HTTP 404)`,
        mend: "Check the server's address; Kubernetes has this API since 1.19.",
      };
    default:
      return {
        code: "live-read-failed",
        what,
        mend:
          status >= 300 && status < 400
            ? "Check the server's address in the kubeconfig: what answers there sends elsewhere, as a login page does."
            : "Try again; if it stays, look at the API server's health.",
      };
  }
}

function grant({ resource, namespace }: ReadTarget): string {
  if (namespace !== null)
    return `Grant the auditor list on ${resource} in namespace ${namespace} with a Role.`;
  const narrower = resource === "ingresses" ? ", or audit single namespaces with --namespace" : "";
  return `Grant the auditor list on ${resource} with a ClusterRole${narrower}.`;
}

function explainNetwork(code: string, list: string, server: string): Explanation {
  if (/CERT|SELF_SIGNED|UNABLE_TO_|SSL|TLS|EPROTO/.test(code)) {
    return {
      code: "live-tls-failed",
      what: `${list}: no trusted connection to ${server} (${code})`,
      mend: "Check certificate-authority, the server's name and the client certificate in the kubeconfig.",
    };
  }
  return {
    code: "live-unreachable",
    what: `${list}: ${server} cannot be reached (${code})`,
    mend: "Check the network, the VPN, a proxy and the server's address in the kubeconfig.",
  };
}
