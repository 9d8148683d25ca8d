import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { beforeEach, expect, test } from "vitest";
import { useKubeconfig } from "../../../src/entry/action/use-kubeconfig.ts";
import { temporaryFolder } from "../../support/repository/temporary-folder.ts";

const KUBECONFIG = `apiVersion: v1
kind: Config
current-context: prod
clusters:
  - name: prod
    cluster: {server: https://prod.example.com, certificate-authority-data: bm90IHNlY3JldA==}
users:
  - name: auditor
    user:
      token: sesame-open
  - name: other
    user: {client-key-data: "a2V5IGRhdGE=", password: 'pass word', username: alice}
  - name: cloud
    user:
      exec:
        env: [{name: SECRET_KEY, value: wJalrXUtnFEMI}]
`;

let folder: string;
let masked: string[];
const runner = () => ({ env: { RUNNER_TEMP: folder }, mask: (secret: string) => masked.push(secret) });

beforeEach(async () => {
  folder = await temporaryFolder();
  masked = [];
});

test.each([
  ["as text", KUBECONFIG],
  ["as JSON", JSON.stringify({ clusters: [], users: [{ user: { token: "sesame-open" } }] })],
  ["in base64", Buffer.from(KUBECONFIG).toString("base64")],
  [
    "in base64 of several lines",
    (
      Buffer.from(KUBECONFIG)
        .toString("base64")
        .match(/.{1,76}/g) ?? []
    ).join("\n"),
  ],
])("a kubeconfig %s becomes a file for this user alone, which is gone afterwards", async (_, input) => {
  const seen = await useKubeconfig(input, runner(), async (file = "") => ({
    text: await readFile(file, "utf8"),
    mode: (await stat(file)).mode & 0o777,
    folderMode: (await stat(path.dirname(file))).mode & 0o777,
    isInside: file.startsWith(folder),
  }));
  expect(seen).toMatchObject({ mode: 0o600, folderMode: 0o700, isInside: true });
  expect(seen.text).toContain("sesame-open");
  expect(masked).toContain("sesame-open");
  expect(await readdir(folder)).toEqual([]);
});

test("it is gone too where what is done with it fails", async () => {
  const failing = useKubeconfig(KUBECONFIG, runner(), async () => {
    throw new Error("no access");
  });
  await expect(failing).rejects.toThrow("no access");
  expect(await readdir(folder)).toEqual([]);
});

test("its credentials are masked, and nothing else is", async () => {
  await useKubeconfig(KUBECONFIG, runner(), async () => {});
  expect(masked).toEqual(["sesame-open", "a2V5IGRhdGE=", "pass word", "wJalrXUtnFEMI"]);
});

test("a path is taken as it is", async () => {
  const file = path.join(folder, "kubeconfig.yaml");
  await writeFile(file, KUBECONFIG);
  expect(await useKubeconfig(file, runner(), async (given) => given)).toBe(file);
  expect(await readFile(file, "utf8")).toBe(KUBECONFIG);
});

test("none leaves the choice to the environment", async () => {
  expect(await useKubeconfig(" \n", runner(), async (given) => given)).toBeUndefined();
});

test("what is neither is not repeated: it may be a secret", async () => {
  const misunderstood = useKubeconfig("correct horse battery staple", runner(), async () => {});
  await expect(misunderstood).rejects.toMatchObject({ code: "kubeconfig-missing" });
  await expect(misunderstood).rejects.not.toThrow("horse");
});
