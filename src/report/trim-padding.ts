/** A line without the spaces that only padded it; other white space at its end belongs to a value. */
export function trimPadding(line: string): string {
  return line.replace(/ +$/, "");
}
