import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { AuditError } from "../../model/audit-error.ts";
import type { Runner } from "./runner.ts";

/**
 * Does something with the kubeconfig that an input names or holds. Its content is written to a file that only this user
 * may read and that is gone afterwards; the credentials in it are masked in the log.
 *
 * @param input A path, a kubeconfig's text, or that text in base64; "" for none.
 * @throws {AuditError} `kubeconfig-missing` where it is none of these.
 */
export async function useKubeconfig<Result>(
  input: string,
  { env, mask }: Pick<Runner, "env" | "mask">,
  use: (file: string | undefined) => Promise<Result>,
): Promise<Result> {
  if (input.trim() === "") return await use(undefined);
  const content = contentOf(input);
  if (content === null) return await use(await existing(input.trim()));
  for (const secret of credentialsIn(content)) mask(secret);
  const folder = await mkdtemp(path.join(env.RUNNER_TEMP || tmpdir(), "ingress-audit-kubeconfig-"));
  try {
    const file = path.join(folder, "config");
    await writeFile(file, content, { mode: 0o600 });
    return await use(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** null where it is a path. */
function contentOf(input: string): string | null {
  if (isKubeconfig(input)) return input;
  if (!/^[A-Za-z0-9+/\s]{40,}={0,2}\s*$/.test(input)) return null;
  const decoded = Buffer.from(input, "base64").toString("utf8");
  return isKubeconfig(decoded) ? decoded : null;
}

function isKubeconfig(text: string): boolean {
  return /["']?(?:clusters|contexts|current-context)["']?\s*:/.test(text);
}

async function existing(file: string): Promise<string> {
  const isFile = await stat(file).then(
    (found) => found.isFile(),
    () => false,
  );
  if (isFile) return file;
  // The text is not repeated: it may be a secret that is not understood.
  throw new AuditError({
    code: "kubeconfig-missing",
    what: "The input kubeconfig is neither a kubeconfig, plain or in base64, nor the path of a file",
    where: { input: "kubeconfig" },
    mend: "Give a secret that holds the whole file, or a path in the workspace.",
  });
}

const NAME = `["']?(?:[\\w-]*(?:token|password|secret)|client-key-data|client-certificate-data|value)["']?`;
const VALUE = `"([^"\n]{8,})"|'([^'\n]{8,})'|([^\\s"',{}]{8,})`;
const CREDENTIAL = new RegExp(`${NAME}\\s*:\\s*(?:${VALUE})`, "gi");

/** Whatever stands where a kubeconfig has a credential. */
function credentialsIn(kubeconfig: string): readonly string[] {
  const found = [...kubeconfig.matchAll(CREDENTIAL)].flatMap(([, ...forms]) => forms.filter((form) => form));
  return [...new Set(found)];
}
