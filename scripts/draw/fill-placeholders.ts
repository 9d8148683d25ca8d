import { createHash } from "node:crypto";

/** What stood in a golden text before it was made the same for every run: names that look like it, always the same. */
export function fillPlaceholders(text: string): string {
  const sha = (subject: string) => createHash("sha1").update(subject).digest("hex");
  return text
    .replace(/<commit: ([^>]*)>/g, (_, subject: string) => sha(subject))
    .replace(/<short: ([^>]*)>/g, (_, subject: string) => sha(subject).slice(0, 7))
    .replaceAll("<uuid>", "9f8e7d6c-5b4a-4392-8170-f6e5d4c3b2a1")
    .replaceAll("<time>", "2026-03-04 10:15:00 UTC")
    .replaceAll("<date>", "2026-03-04")
    .replaceAll("<age>", "2 minutes ago")
    .replaceAll("just now", "2 minutes ago")
    .replaceAll("<duration>", "10 minutes")
    .replaceAll("read <n> times", "read 22 times")
    .replaceAll("<n>", "1,204")
    .replaceAll("`127.0.0.1`", "`10.1.2.3`")
    .replace(/`test`|(?<=Git and )test\b/g, (name) => (name === "test" ? "prod-eu" : "`prod-eu`"));
}
