import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { plainRenderer } from "../../../src/adapters/render/plain-renderer.ts";
import { PROBLEM_CODES } from "../../../src/adapters/render/problem-code.ts";

const GUIDE = readFileSync(new URL("../../../docs/problems.md", import.meta.url), "utf8");
const SECTIONS = new Map(
  GUIDE.split(/^### /m)
    .slice(1)
    .map((section) => [section.slice(0, section.indexOf("\n")), section] as const),
);
/** What is too long for a page, or no YAML; plain-renderer.test.ts has them. */
const WITHOUT_EXAMPLE = ["excessive-aliases", "json-syntax", "not-utf-8", "too-large"];
const EXAMPLES = [...SECTIONS].flatMap(([code, section]) => {
  const match = /^```yaml\n# fails\n([\s\S]*?)---\n# passes\n([\s\S]*?)^```$/m.exec(section);
  return match === null ? [] : [[code, match[1] ?? "", match[2] ?? ""] as const];
});

function render(content: string) {
  return plainRenderer.render({ path: "a.yaml", content: Buffer.from(content), defaultNamespace: null });
}

test("docs/problems.md explains every code that the renderer gives, and no other", () => {
  expect([...SECTIONS.keys()].sort()).toEqual([...PROBLEM_CODES].sort());
  expect(
    EXAMPLES.map(([code]) => code)
      .concat(WITHOUT_EXAMPLE)
      .sort(),
  ).toEqual([...PROBLEM_CODES].sort());
});

test.each(EXAMPLES)("%s: the failing example fails, the passing one passes", (code, fails, passes) => {
  const { problems } = render(fails);
  expect(problems.map((problem) => problem.code)).toContain(code);
  for (const { code: other } of problems) expect([code, "unknown-field"]).toContain(other);
  expect(render(passes)).toMatchObject({
    ingresses: [{ id: { namespace: "shop", name: "web" } }],
    problems: [],
  });
});

test.each(EXAMPLES)("%s: has the level that the page says", (code, fails) => {
  const level = /^(Error|Warning)/m.exec(SECTIONS.get(code)?.split("\n").slice(1).join("\n") ?? "")?.[1];
  const problem = render(fails).problems.find((each) => each.code === code);
  expect(problem?.level).toBe(level?.toLowerCase());
});

test("each says where, what and how to mend it", () => {
  const content = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  namespace: shop
  annotations:
    nginx.ingress.kubernetes.io/proxy-body-size: 8
spec:
  rules:
    - host: shop.example.com
      http:
        paths:
          - path: /
            backend: {serviceName: web, servicePort: 80}
`;
  expect(render(content).problems.map(({ line, code, message }) => `${line} ${code}: ${message}`)).toEqual([
    '7 wrong-type: metadata.annotations["nginx.ingress.kubernetes.io/proxy-body-size"] must be a string, and is the number 8',
    "14 unknown-field: spec.rules[0].http.paths[0].backend.serviceName is not a field of Ingress: kubectl refuses it, and from others the API server drops it",
    "14 unknown-field: spec.rules[0].http.paths[0].backend.servicePort is not a field of Ingress: kubectl refuses it, and from others the API server drops it",
  ]);
  const quoted = render(
    content.replace(": 8\n", ': "8"\n').replace("path: /\n", "path: /\n            pathType: Prefix\n"),
  );
  expect(quoted.problems.map(({ line, code }) => `${line} ${code}`)).toEqual([
    "15 unknown-field",
    "15 unknown-field",
    "15 missing-backend",
  ]);
});
