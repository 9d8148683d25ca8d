import { expect, test } from "vitest";
import { plainRenderer } from "../../../src/adapters/render/plain-renderer.ts";
import type { DesiredIngress, RawPath } from "../../../src/model/ingress.ts";

function only(content: string): DesiredIngress {
  const { ingresses } = plainRenderer.render({
    path: "a.yaml",
    content: Buffer.from(content),
    defaultNamespace: "shop",
  });
  expect(ingresses).toHaveLength(1);
  return ingresses[0] as DesiredIngress;
}

/** The text of the line that a field is on, which shows more than its number. */
function lineOf(content: string, path: RawPath): string | undefined {
  return content.split(/\r?\n/)[(only(content).placeAt(path)?.line ?? 0) - 1]?.trim();
}

const V1 = `# shop
---
# the shop's front door
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations:
    # where to
    nginx.ingress.kubernetes.io/app-root: /shop
spec:
  tls:
    - hosts:
        - a.example.com
        - b.example.com
      secretName: web
  rules:
    -
      host: a.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service: {name: web, port: {number: 80}}
          - backend: { service: { name: api,
                port: { number: 8080 } } }
            pathType: Exact
            path: /api
`;

test.each<[RawPath, string]>([
  [[], "apiVersion: networking.k8s.io/v1"],
  [
    ["metadata", "annotations", "nginx.ingress.kubernetes.io/app-root"],
    "nginx.ingress.kubernetes.io/app-root: /shop",
  ],
  [["spec", "tls", 0], "- hosts:"],
  [["spec", "tls", 0, "hosts", 1], "- b.example.com"],
  [["spec", "rules", 0], "host: a.example.com"],
  [
    ["spec", "rules", 0, "http", "paths", 0, "backend", "service", "name"],
    "service: {name: web, port: {number: 80}}",
  ],
  [
    ["spec", "rules", 0, "http", "paths", 1, "backend", "service", "port", "number"],
    "port: { number: 8080 } } }",
  ],
  [["spec", "rules", 0, "http", "paths", 1, "path"], "path: /api"],
])("a field's line: %j", (path, line) => {
  expect(lineOf(V1, path)).toBe(line);
  expect(lineOf(V1.replaceAll("\n", "\r\n"), path)).toBe(line);
  expect(lineOf(`\uFEFF${V1}`, path)).toBe(line);
});

test.each<[RawPath, string]>([
  [["metadata", "labels", "app"], "metadata:"],
  [["spec", "rules", 7, "host"], "rules:"],
  [["spec", "ingressClassName"], "spec:"],
  [["spec", "rules", 0, "host", "deeper"], "host: a.example.com"],
])("a field that is not written out has the line of what would hold it: %j", (path, line) => {
  expect(lineOf(V1, path)).toBe(line);
});

test("the origin's line is the first key's, behind comments and separators", () => {
  expect(only(V1).origin).toEqual({ path: "a.yaml", line: 4, renderer: "plain" });
});

const ALIASED = `apiVersion: networking.k8s.io/v1
kind: Ingress
x-backend: &backend
  service:
    name: web
    port: {number: 80}
x-annotations: &common
  a: one
  b: two
metadata:
  name: web
  annotations:
    <<: *common
    b: mine
spec:
  rules:
    - http:
        paths:
          - path: /
            pathType: Prefix
            backend: *backend
  tls:
    - <<: {secretName: s}
`;

test.each<[RawPath, string]>([
  [["spec", "rules", 0, "http", "paths", 0, "backend"], "backend: *backend"],
  [["spec", "rules", 0, "http", "paths", 0, "backend", "service", "name"], "backend: *backend"],
  [["metadata", "annotations", "a"], "<<: *common"],
  [["metadata", "annotations", "b"], "b: mine"],
  [["spec", "tls", 0, "secretName"], "- <<: {secretName: s}"],
])("what an alias or a merge brings has the line of its use: %j", (path, line) => {
  expect(lineOf(ALIASED, path)).toBe(line);
});

const V1BETA1 = `apiVersion: extensions/v1beta1
kind: Ingress
metadata:
  name: old
spec:
  backend:
    serviceName: fallback
    servicePort: 80
  rules:
    - http:
        paths:
          - path: /
            backend:
              servicePort: http
              serviceName: web
`;

test.each<[RawPath, string]>([
  [["spec", "defaultBackend"], "backend:"],
  [["spec", "defaultBackend", "service", "name"], "serviceName: fallback"],
  [["spec", "defaultBackend", "service", "port", "number"], "servicePort: 80"],
  [["spec", "rules", 0, "http", "paths", 0, "backend", "service", "name"], "serviceName: web"],
  [["spec", "rules", 0, "http", "paths", 0, "backend", "service", "port", "name"], "servicePort: http"],
  [["spec", "rules", 0, "http", "paths", 0, "pathType"], "- path: /"],
])("a field of a converted object has the line of what it was converted from: %j", (path, line) => {
  expect(lineOf(V1BETA1, path)).toBe(line);
});

test("items of a List, and JSON objects after each other, count from the file's first line", () => {
  const item = (name: string) => ({
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: { name },
    spec: { rules: [{ host: "a.example.com" }] },
  });
  const content = [item("a"), { kind: "List", apiVersion: "v1", items: [item("b"), item("c")] }]
    .map((object) => JSON.stringify(object, null, 2))
    .join("\n");
  const { ingresses } = plainRenderer.render({
    path: "a.json",
    content: Buffer.from(content),
    defaultNamespace: "shop",
  });
  const lines = content.split("\n");
  expect(
    ingresses.map(({ placeAt }) => lines[(placeAt(["metadata", "name"])?.line ?? 0) - 1]?.trim()),
  ).toEqual(['"name": "a"', '"name": "b"', '"name": "c"']);
});

test("a duplicate key counts where kubectl takes its value", () => {
  const content = V1.replace("  name: web\n", "  name: first\n  name: second\n");
  expect(lineOf(content, ["metadata", "name"])).toBe("name: second");
});
