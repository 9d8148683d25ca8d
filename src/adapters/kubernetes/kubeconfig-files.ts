import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { AuditError } from "../../model/audit-error.ts";

/** Where a kubeconfig is looked for, in kubectl's order: an option, `KUBECONFIG`, the home folder. */
export type KubeconfigPlaces =
  | { readonly by: "option"; readonly files: readonly [string] }
  | { readonly by: "variable" | "home"; readonly files: readonly string[] };

export interface KubeconfigFile {
  readonly file: string;
  readonly text: string;
}

export function kubeconfigPlaces(option: string | undefined): KubeconfigPlaces {
  if (option !== undefined) return { by: "option", files: [option] };
  const variable = process.env.KUBECONFIG ?? "";
  if (variable === "") return { by: "home", files: inHome() };
  return { by: "variable", files: variable.split(path.delimiter).filter((name) => name !== "") };
}

/** None where this user has no home: an id without an account, as containers run under. */
function inHome(): readonly string[] {
  try {
    return [path.join(homedir(), ".kube", "config")];
  } catch {
    return [];
  }
}

/**
 * Those of the files that are there. Like kubectl: one of a list that is not there is no error, unless it was asked
 * for by name.
 *
 * @throws {AuditError} `kubeconfig-missing`, `kubeconfig-invalid`.
 */
export async function readKubeconfigs(places: KubeconfigPlaces): Promise<readonly KubeconfigFile[]> {
  const found: KubeconfigFile[] = [];
  for (const file of places.files) {
    const text = await textOf(file);
    if (text !== null) found.push({ file, text });
  }
  if (found.length === 0 && places.by === "option") throw missingKubeconfig(places);
  return found;
}

async function textOf(file: string): Promise<string | null> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    if (code === "ENOENT" || code === "ENOTDIR") return null;
    throw new AuditError({
      code: "kubeconfig-invalid",
      what: `The kubeconfig ${file} cannot be read (${code})`,
      where: { kubeconfig: file },
      mend: "Make it readable, or name another with --kubeconfig.",
      cause: error,
    });
  }
}

export function missingKubeconfig({ by, files }: KubeconfigPlaces): AuditError {
  const names = files.join(path.delimiter);
  return new AuditError({
    code: "kubeconfig-missing",
    what: `There is no kubeconfig${names === "" ? "" : ` ${names}`}${by === "variable" ? ", which KUBECONFIG names" : ""}`,
    where: names === "" ? {} : { kubeconfig: names },
    mend: "Name one with --kubeconfig or KUBECONFIG, or audit a snapshot with --snapshot.",
  });
}
