import { isUtf8 } from "node:buffer";

/** A path in the repository as text; null where its bytes are not UTF-8 and no text stands for them exactly. */
export function decodePath(bytes: Buffer): string | null {
  return isUtf8(bytes) ? bytes.toString("utf8") : null;
}

/** For people: what is not UTF-8 shows as U+FFFD. */
export function displayPath(bytes: Buffer): string {
  return bytes.toString("utf8");
}

export const NAME_NOT_UTF8 = "The file's name is not UTF-8, so it cannot be audited";
