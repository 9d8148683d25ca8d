import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { text } from "node:stream/consumers";
import { describe, expect, test } from "vitest";
import { type AdoptInput, adoptIn, changedLines, repositoryOf } from "../../support/adopt/adopt-in.ts";
import { liveIngress, rule, SIZE, WEB } from "../../support/adopt/live-ingress.ts";
import { RepositoryBuilder, type TestRepository } from "../../support/repository/build-repository.ts";

const SERVICE = "apiVersion: v1\nkind: Service\nmetadata: {name: web,  namespace: shop}\n";
const moved = [rule("shop.example.com", "web-v2")];

/** What the patch makes of a file, by the real `git apply`. */
async function applied(repository: TestRepository, patch: string, file: string): Promise<string> {
  const git = spawn("git", ["apply", "-"], { cwd: repository.dir });
  git.stdin.end(patch);
  expect(await text(git.stderr)).toBe("");
  return await readFile(path.join(repository.dir, file), "utf8");
}

async function adoptedText(
  content: string,
  items: readonly object[],
  input: AdoptInput = {},
  file = "web.yaml",
) {
  using repository = await repositoryOf({ [file]: content });
  const { patch } = await adoptIn(repository, items, input);
  return await applied(repository, patch, file);
}

describe("in a plain manifest", () => {
  test("the lines of the value change, and nothing beside them", async () => {
    const content = `${WEB}---\n${SERVICE}`;
    const live = liveIngress({
      annotations: { "nginx.ingress.kubernetes.io/proxy-body-size": "64m", "example.com/note": "yes" },
      rules: [rule("shop.example.com", "web-v2"), rule("api.example.com", "api", 8080)],
    });
    expect(await adoptedText(content, [live])).toBe(
      content
        .replace("'8m'", "'64m'")
        .replace("# uploads\n", '# uploads\n    example.com/note: "yes"\n')
        .replace("name: web, port", "name: web-v2, port")
        .replace(
          "# blue\n",
          `# blue
  - host: api.example.com
    http:
      paths:
      - path: /
        pathType: Prefix
        backend:
          service:
            name: api
            port:
              number: 8080
`,
        ),
    );
  });

  test("a host that was changed is changed in its quotes", async () => {
    const text = await adoptedText(WEB, [liveIngress({ rules: [rule("store.example.com", "web")] })]);
    expect(text).toBe(WEB.replace('"shop.example.com"', '"store.example.com"'));
  });

  test("what is gone is taken out with its line", async () => {
    const text = await adoptedText(WEB, [liveIngress({ annotations: {} })]);
    expect(text).toBe(WEB.replace(/ {2}annotations:\n.*\n.*\n/, ""));
  });

  test("--field adopts that one alone", async () => {
    const live = liveIngress({ annotations: { ...SIZE, "example.com/note": "x" }, rules: moved });
    const text = await adoptedText(WEB, [live], { fields: ['metadata.annotations["example.com/note"]'] });
    expect(text).toBe(WEB.replace("# uploads\n", "# uploads\n    example.com/note: x\n"));
  });

  test.each([
    ["Windows line ends", WEB.replaceAll("\n", "\r\n")],
    ["a byte order mark", `\uFEFF${WEB}`],
    ["no newline at the end", WEB.trimEnd()],
    ["other documents", `${SERVICE}---\n${WEB}--- # next\n${SERVICE}`],
  ])("%s stay", async (_, content) => {
    const text = await adoptedText(content, [liveIngress({ rules: moved })]);
    expect(text).toBe(content.replace("name: web, port", "name: web-v2, port"));
  });

  test("JSON stays JSON", async () => {
    const { status: _, metadata, ...rest } = liveIngress();
    const { name, namespace, annotations } = metadata;
    const content = JSON.stringify({ ...rest, metadata: { name, namespace, annotations } }, null, 4);
    const live = liveIngress({ annotations: { ...SIZE, "example.com/note": "x" }, rules: moved });
    const text = await adoptedText(`${content}\n`, [live], {}, "web.json");
    expect(text).toBe(
      `${content}\n`
        .replace(
          '"name": "web",\n                                    "port"',
          '"name": "web-v2",\n                                    "port"',
        )
        .replace('"8m"\n', '"8m",\n            "example.com/note": "x"\n'),
    );
  });

  test("in a List, the one item", async () => {
    const item = (name: string) =>
      `- ${WEB.replace("name: web\n", `name: ${name}\n`)
        .replace(/^#.*\n/, "")
        .replaceAll("\n", "\n  ")
        .trimEnd()}\n`;
    const content = `apiVersion: v1\nkind: List\nitems:\n${item("web")}${item("other")}`;
    const other = { ...liveIngress({ name: "other" }) };
    const text = await adoptedText(content, [liveIngress({ rules: moved }), other]);
    expect(text).toBe(content.replace("name: web, port", "name: web-v2, port"));
  });
});

test("behind a symbolic link the file that it leads to is changed", async () => {
  const builder = new RepositoryBuilder();
  const author = { name: "Ann Lee", email: "ann@example.com" };
  builder.commit({
    message: "add",
    author,
    files: { "shared/web.txt": WEB },
    links: { "deploy/web.yaml": "../shared/web.txt" },
  });
  using repository = await builder.write({ checkout: true });
  const { adoption, patch } = await adoptIn(repository, [liveIngress({ rules: moved })]);
  expect(adoption.changes.map(({ path }) => path)).toEqual(["shared/web.txt"]);
  expect(await applied(repository, patch, "deploy/web.yaml")).toContain("name: web-v2");
});

describe("anchors and aliases", () => {
  const SHARED = WEB.replace(
    "{ service: { name: web, port: { number: 80 } } }   # blue",
    "&backend\n          service: { name: web, port: { number: 80 } }",
  ).concat(
    `  - host: api.example.com
    http:
      paths:
      - path: /
        pathType: Prefix
        backend: *backend # the same
`,
  );
  const both = (first: string, second: string) => [
    liveIngress({ rules: [rule("shop.example.com", first), rule("api.example.com", second)] }),
  ];

  test("an alias gives way to the value, and its anchor stays", async () => {
    expect(await adoptedText(SHARED, both("web", "api"))).toBe(
      SHARED.replace(
        "*backend # the same\n",
        `# the same
          service:
            name: api
            port:
              number: 80
`,
      ),
    );
  });

  test("an anchor that an alias repeats is not changed under it", async () => {
    using repository = await repositoryOf({ "web.yaml": SHARED });
    await expect(adoptIn(repository, both("api", "web"))).rejects.toMatchObject({
      code: "not-editable",
      what: expect.stringContaining("*backend"),
    });
  });
});

describe("a whole Ingress", () => {
  test("that is gone is taken out of its file when it is named", async () => {
    using repository = await repositoryOf({ "web.yaml": `${SERVICE}---\n${WEB}---\n${SERVICE}` });
    await expect(adoptIn(repository, [])).rejects.toMatchObject({ code: "nothing-to-adopt" });
    const { patch } = await adoptIn(repository, [], { fields: ["."] });
    expect(await applied(repository, patch, "web.yaml")).toBe(`${SERVICE}---\n${SERVICE}`);
  });

  test("takes its file along where nothing else is in it", async () => {
    using repository = await repositoryOf({ "web.yaml": WEB, "more.yaml": SERVICE });
    const { adoption, patch } = await adoptIn(repository, [], { fields: ["."] });
    expect(adoption.changes).toMatchObject([{ path: "web.yaml", after: null }]);
    expect(patch).toContain("deleted file mode 100644");
  });

  test("that only the cluster has needs a file, and gets none of the server's own fields", async () => {
    using repository = await repositoryOf({ "deploy/web.yaml": WEB });
    const last = { "kubectl.kubernetes.io/last-applied-configuration": "{}" };
    const items = [
      liveIngress(),
      liveIngress({ name: "new", annotations: last, more: { managedFields: [] } }),
    ];
    await expect(adoptIn(repository, items, { name: "new" })).rejects.toMatchObject({ code: "file-needed" });
    const { patch } = await adoptIn(repository, items, { name: "new", file: "deploy/new.yaml" });
    expect(await applied(repository, patch, "deploy/new.yaml")).toBe(`apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: new
  namespace: shop
spec:
  ingressClassName: nginx
  rules:
    - host: shop.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: web
                port:
                  number: 80
`);
  });

  test("goes behind what the file has already", async () => {
    using repository = await repositoryOf({ "web.yaml": WEB });
    const { patch } = await adoptIn(repository, [liveIngress(), liveIngress({ name: "new" })], {
      name: "new",
      file: "web.yaml",
    });
    expect(patch).toContain("\n+---\n+apiVersion: networking.k8s.io/v1\n+kind: Ingress\n");
  });

  test("is refused where no source reads the file", async () => {
    using repository = await repositoryOf({ "web.yaml": WEB });
    const items = [liveIngress(), liveIngress({ name: "new" })];
    await expect(adoptIn(repository, items, { name: "new", file: "new.txt" })).rejects.toMatchObject({
      code: "adoption-refused",
    });
  });
});

describe("what is left out unless it is named", () => {
  test("a commit that the cluster has not followed is not reverted", async () => {
    using repository = await repositoryOf({ "web.yaml": WEB });
    const author = { name: "Bob Roy", email: "bob@example.com" };
    const files = { "web.yaml": WEB.replace("name: web, port", "name: web-v2, port") };
    await repository.commit({ message: "move", author, files });
    const items = [liveIngress({ annotations: { ...SIZE, "example.com/note": "x" } })];
    const { adoption } = await adoptIn(repository, items);
    expect(adoption.adopted.map(({ divergence }) => divergence.field)).toEqual([
      'metadata.annotations["example.com/note"]',
    ]);
    expect(adoption.leftOut).toMatchObject([{ why: "Git is ahead of the cluster" }]);
    const named = await adoptIn(repository, items, { fields: ["spec.**"] });
    expect(changedLines(named.patch)).toHaveLength(2);
  });

  test("credentials stay out of Git", async () => {
    using repository = await repositoryOf({ "web.yaml": WEB });
    const annotations = { ...SIZE, "example.com/api-token": "s3cret-value" };
    await expect(adoptIn(repository, [liveIngress({ annotations })])).rejects.toMatchObject({
      code: "nothing-to-adopt",
      where: { "left out": expect.stringMatching(/api-token.*looks like a credential/) },
    });
  });

  test("so does what an ignore rule expects", async () => {
    const config =
      "ignore:\n  - name: notes\n    reason: The team's own.\n    fields: ['metadata.annotations[\"example.com/note\"]']\n";
    using repository = await repositoryOf({ "web.yaml": WEB, ".ingress-audit.yaml": config });
    const annotations = { ...SIZE, "example.com/note": "x" };
    const { adoption, patch } = await adoptIn(repository, [liveIngress({ annotations, rules: moved })]);
    expect(adoption.leftOut).toMatchObject([{ why: "the rule notes expects it" }]);
    expect(patch).not.toContain("example.com/note: x");
  });
});

test("where nothing differs there is nothing to adopt", async () => {
  using repository = await repositoryOf({ "web.yaml": WEB });
  const { adoption, patch } = await adoptIn(repository, [liveIngress()]);
  expect({ adopted: adoption.adopted, patch }).toEqual({ adopted: [], patch: "" });
});
