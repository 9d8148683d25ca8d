/**
 * Text without what differs from run to run: commits are called by their subjects; times, ages, identifiers, ports and
 * paths of temporary folders by what they are.
 *
 * @param commits Subject by sha.
 */
export function stableText(text: string, commits: ReadonlyMap<string, string>): string {
  return [...commits]
    .reduce(
      (named, [sha, subject]) =>
        named
          .replaceAll(sha, `<commit: ${subject}>`)
          .replace(new RegExp(`${sha.slice(0, 7)}[0-9a-f]*`, "g"), `<short: ${subject}>`),
      text,
    )
    .replace(/\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?: UTC|Z)/g, "<time>")
    .replace(/\b\d{4}-(?:&#8288;)?\d\d-(?:&#8288;)?\d\d(?:&nbsp;\d\d:\d\d)?/g, "<date>")
    .replace(/"digest":"[0-9a-f]{16}"/g, '"digest":"<digest>"')
    .replace(/"heard":\d+/g, '"heard":"<id>"')
    .replace(/#issuecomment-\d+/g, "#issuecomment-<id>")
    .replace(/\((?:just now|\d+ (?:second|minute|hour|day|week|month|year)s? ago)\)/g, "(<age>)")
    .replace(/\b(?:\d+ minutes? )?\d+ seconds?\b/g, "<duration>")
    .replace(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, "<uuid>")
    .replace(/\b[\d,]+ events\b/g, "<n> events")
    .replace(/\bread \d+ times?\b/g, "read <n> times")
    .replace(/\b127\.0\.0\.1:\d+/g, "127.0.0.1:<port>")
    .replace(/\/\S*\/ingress-audit-\w+\//g, "<temporary>/");
}
