/**
 * Cut a stream of chunks into the fields that a NUL byte ends.
 *
 * @returns For each chunk the fields that it completes. Bytes after the last NUL are kept for the next chunk.
 */
export function fieldSplitter(): (chunk: Buffer) => Buffer[] {
  let carried: Buffer[] = [];
  return (chunk) => {
    const fields: Buffer[] = [];
    let start = 0;
    for (let end = chunk.indexOf(0); end !== -1; end = chunk.indexOf(0, start)) {
      const field = chunk.subarray(start, end);
      fields.push(carried.length === 0 ? field : Buffer.concat([...carried, field]));
      carried = [];
      start = end + 1;
    }
    if (start < chunk.length) carried.push(chunk.subarray(start));
    return fields;
  };
}

/** The NUL-ended fields of a whole output. */
export function splitFields(output: Buffer): Buffer[] {
  return fieldSplitter()(output);
}
