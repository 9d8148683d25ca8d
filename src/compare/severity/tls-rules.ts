import { isJsonObject } from "../../model/json.ts";
import { type KeyedIngress, keyedValueAt } from "../../model/keyed-ingress.ts";
import { readSegment } from "../read-segment.ts";
import type { Facet, SeverityRule } from "./severity-rule.ts";

export const tlsRules: readonly SeverityRule[] = [
  {
    name: "tls-removed",
    severity: "high",
    reasonFor: (facet, { live }) =>
      facet.change === "removed" && uncovered(facet, live)
        ? "TLS that Git declares is missing live: the host may be served unencrypted, or with another certificate."
        : null,
  },
  {
    name: "tls-secret-changed",
    severity: "medium",
    reasonFor: (facet, { desired, live }) => {
      const other = facet.change === "added" ? desired : live;
      const isOther = facet.change !== "changed" && hostsIn(facet) !== null && !uncovered(facet, other);
      return isOther ? "The host is served with the certificate of another Secret than Git declares." : null;
    },
  },
  {
    name: "tls-added",
    severity: "low",
    reasonFor: (facet) =>
      facet.change === "added" && hostsIn(facet) !== null
        ? "TLS is declared live for a host for which Git declares none."
        : null,
  },
];

/** Whether a host of the facet's TLS entry, or an entry without hosts, has no TLS on the given side. */
function uncovered(facet: Facet, side: KeyedIngress | null): boolean {
  const hosts = hostsIn(facet);
  if (hosts === null) return false;
  const entries = tlsEntries(side);
  if (hosts.length === 0) return !entries.some((covered) => covered.length === 0);
  const covered = new Set(entries.flat());
  return !hosts.every((host) => covered.has(host) || covered.has(host.replace(/^[^.]+/, "*")));
}

/** The hosts of the TLS entry, or the one host of an entry, that a facet is about. */
function hostsIn({ field, desired, live }: Facet): readonly string[] | null {
  const [root, list, entry, hosts, host, ...below] = field;
  if (root !== "spec" || list !== "tls" || entry === undefined || below.length > 0) return null;
  if (host !== undefined) return hosts === "hosts" ? [readSegment(host)] : null;
  return hosts === undefined ? hostsOf(desired ?? live) : null;
}

function tlsEntries(side: KeyedIngress | null): readonly (readonly string[])[] {
  const tls = side === null ? undefined : keyedValueAt(side, ["spec", "tls"]);
  return isJsonObject(tls) ? Object.values(tls).map(hostsOf) : [];
}

function hostsOf(entry: unknown): readonly string[] {
  const hosts = isJsonObject(entry) ? entry.hosts : undefined;
  return isJsonObject(hosts) ? Object.keys(hosts).map(readSegment) : [];
}
