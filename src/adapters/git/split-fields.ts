/**
 * Cut a stream of chunks into the fields that a NUL byte ends.
 *
 * The fields are latin1 text, one character for each byte: cutting one string is many times faster than cutting a
 * buffer, and what may hold more than ASCII is decoded by itself ({@link decodePath}).
 *
 * @returns For each chunk the fields that it completes. Bytes after the last NUL are kept for the next chunk.
 */
export function fieldSplitter(): (chunk: Buffer) => string[] {
  let carried = "";
  return (chunk) => {
    const fields = (carried + chunk.toString("latin1")).split("\0");
    carried = fields.pop() ?? "";
    return fields;
  };
}

/** The NUL-ended fields of a whole output, as latin1 text. */
export function splitFields(output: Buffer): string[] {
  return fieldSplitter()(output);
}

/** The text that the bytes of a field stand for; what is not UTF-8 shows as U+FFFD. */
export function decodeText(field: string): string {
  return isAscii(field) ? field : Buffer.from(field, "latin1").toString("utf8");
}

/** A path in the repository; null where its bytes are not UTF-8 and no text stands for them exactly. */
export function decodePath(field: string): string | null {
  if (isAscii(field)) return field;
  const text = decodeText(field);
  return Buffer.from(text, "utf8").toString("latin1") === field ? text : null;
}

export const NAME_NOT_UTF8 = "The file's name is not UTF-8, so it cannot be audited";

/** Only ASCII takes one byte a character in UTF-8. */
function isAscii(field: string): boolean {
  return Buffer.byteLength(field, "utf8") === field.length;
}
