import { BlockList, isIP } from "node:net";

/**
 * The proxy that the environment names for a server, as Go's programs and so kubectl take it: HTTPS_PROXY or
 * HTTP_PROXY by the server's scheme, upper case before lower, unless NO_PROXY holds the server. The loopback is never
 * reached through a proxy.
 *
 * @param server The server's URL.
 * @returns A URL; null where there is none.
 * @see https://pkg.go.dev/golang.org/x/net/http/httpproxy#Config
 */
export function environmentProxy(
  server: string,
  env: Readonly<Record<string, string | undefined>>,
): string | null {
  const url = URL.parse(server);
  if (url === null) return null;
  const setting = (name: string) => env[name] || env[name.toLowerCase()] || "";
  const proxy = setting(url.protocol === "http:" ? "HTTP_PROXY" : "HTTPS_PROXY");
  const host = url.hostname.replace(/^\[|\]$/g, "").toLowerCase();
  const port = url.port === "" ? (url.protocol === "http:" ? "80" : "443") : url.port;
  const excepted = setting("NO_PROXY")
    .split(",")
    .map((each) => each.trim().toLowerCase());
  if (proxy === "" || isLoopback(host) || excepted.some((each) => excepts(each, host, port))) return null;
  return proxy.includes("://") ? proxy : `http://${proxy}`;
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
}

/** `*`, an address, a block of addresses, a domain with all below it, or with a leading dot only what is below it. */
function excepts(entry: string, host: string, port: string): boolean {
  if (entry === "*") return true;
  if (isIP(host) !== 0 && /^[^/]+\/\d+$/.test(entry)) return isWithin(host, entry);
  const [, name = entry, ofPort = port] = /^(.+):(\d+)$/.exec(isIP(entry) === 6 ? "" : entry) ?? [];
  const bare = name.replace(/^\[|\]$/g, "");
  if (bare === "" || ofPort !== port) return false;
  if (isIP(host) !== 0) return bare === host;
  return bare.startsWith(".") ? host.endsWith(bare) : host === bare || host.endsWith(`.${bare}`);
}

function isWithin(address: string, block: string): boolean {
  const [network = "", prefix = ""] = block.split("/");
  const family = isIP(network) === 6 ? "ipv6" : "ipv4";
  if (isIP(network) !== isIP(address) || Number(prefix) > (family === "ipv6" ? 128 : 32)) return false;
  const blocks = new BlockList();
  blocks.addSubnet(network, Number(prefix), family);
  return blocks.check(address, family);
}
