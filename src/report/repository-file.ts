/** A problem's path may also be the name of an input, such as `audit log a.jsonl`, which no link leads to. */
export function isRepositoryFile(path: string): boolean {
  return /^[^\s/][^\s]*\.(?:ya?ml|json)$/i.test(path);
}
