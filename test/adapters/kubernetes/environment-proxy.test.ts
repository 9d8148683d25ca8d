import { expect, test } from "vitest";
import { environmentProxy } from "../../../src/adapters/kubernetes/environment-proxy.ts";

const PROXY = "http://proxy.example:3128";

test.each<[string, string, Record<string, string>, string | null]>([
  ["none unless there is one", "https://api.example", {}, null],
  ["for https", "https://api.example", { HTTPS_PROXY: PROXY, HTTP_PROXY: "http://other" }, PROXY],
  ["for http", "http://api.example", { HTTP_PROXY: PROXY, HTTPS_PROXY: "http://other" }, PROXY],
  ["in lower case", "https://api.example", { https_proxy: PROXY }, PROXY],
  ["upper case first", "https://api.example", { https_proxy: "http://other", HTTPS_PROXY: PROXY }, PROXY],
  ["without a scheme", "https://api.example", { HTTPS_PROXY: "proxy.example:3128" }, PROXY],
  ["never for the loopback", "https://127.0.0.1:6443", { HTTPS_PROXY: PROXY }, null],
  ["never for localhost", "https://localhost:6443", { HTTPS_PROXY: PROXY }, null],
  [
    "not for what is excepted",
    "https://api.example",
    { HTTPS_PROXY: PROXY, NO_PROXY: "x,api.example" },
    null,
  ],
  ["nor below it", "https://eu.api.example", { HTTPS_PROXY: PROXY, NO_PROXY: "api.example" }, null],
  [
    "but for a name that only ends alike",
    "https://myapi.example",
    { HTTPS_PROXY: PROXY, NO_PROXY: "api.example" },
    PROXY,
  ],
  [
    "a leading dot excepts what is below",
    "https://a.example",
    { HTTPS_PROXY: PROXY, NO_PROXY: ".example" },
    null,
  ],
  ["and not the name itself", "https://example", { HTTPS_PROXY: PROXY, NO_PROXY: ".example" }, PROXY],
  ["a star excepts all", "https://api.example", { HTTPS_PROXY: PROXY, NO_PROXY: "*" }, null],
  ["an address", "https://10.1.2.3:6443", { HTTPS_PROXY: PROXY, NO_PROXY: "10.1.2.3" }, null],
  ["a block", "https://10.1.2.3:6443", { HTTPS_PROXY: PROXY, NO_PROXY: "192.168.0.0/16, 10.0.0.0/8" }, null],
  ["another block", "https://10.1.2.3:6443", { HTTPS_PROXY: PROXY, NO_PROXY: "10.2.0.0/16" }, PROXY],
  ["a block of IPv6", "https://[fd00::7]:6443", { HTTPS_PROXY: PROXY, NO_PROXY: "fd00::/8" }, null],
  ["a port", "https://api.example:6443", { HTTPS_PROXY: PROXY, NO_PROXY: "api.example:6443" }, null],
  ["another port", "https://api.example:6443", { HTTPS_PROXY: PROXY, NO_PROXY: "api.example:443" }, PROXY],
  [
    "nonsense excepts nothing",
    "https://api.example",
    { HTTPS_PROXY: PROXY, NO_PROXY: ",/,10.0.0.0/99" },
    PROXY,
  ],
])("%s", (_, server, env, proxy) => {
  expect(environmentProxy(server, env)).toBe(proxy);
});
