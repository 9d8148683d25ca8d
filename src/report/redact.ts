import { createHash } from "node:crypto";
import { isJsonObject, type Json } from "../model/json.ts";

/**
 * A JSON value without the credentials that occur inside its strings and keys. Each is replaced by
 * `[redacted sha256:<8 hex>]`, so that a change of the credential stays visible and the credential does not enter any
 * report. Numbers that JSON cannot hold become strings.
 *
 * @param key The name under which the value stands: the whole value of `…/api-token` is taken for a credential.
 */
export function redactJson(value: Json, key = ""): Json {
  if (typeof value === "string") return namesCredential(key) ? redactWhole(value) : redactText(value);
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  if (Array.isArray(value)) return value.map((item: Json) => redactJson(item, key));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [redactText(name), redactJson(item, name)]),
  );
}

/**
 * The same for one text. Applying it again changes nothing, and its time grows with the length alone: every
 * quantifier is bounded or followed by what it cannot match itself.
 */
export function redactText(text: string): string {
  return CREDENTIALS.reduce(redactMatches, redactPrivateKeys(text));
}

const MARK = "[redacted sha256:";

function redactWhole(credential: string): string {
  if (credential === "" || credential.startsWith(MARK)) return credential;
  return `${MARK}${createHash("sha256").update(credential).digest("hex").slice(0, 8)}]`;
}

/** Ends of names whose value is a credential. `auth-secret` and `secretName` name a Secret, they do not hold one. */
function namesCredential(key: string): boolean {
  return /(?:^|[-_./"])(?:password|passwd|passphrase|token|api[-_]?key|client[-_]secret|(?:access|secret|private)[-_]?key)"?\]?$/i.test(
    key,
  );
}

interface Credential {
  /** Group 1 is what introduces the credential and stays, group 2 the credential. */
  readonly pattern: RegExp;
  /** Whether group 2 is a credential after all; by default it is. */
  readonly holds?: (credential: string) => boolean;
}

const KEY =
  "(?:pass(?:word|wd|phrase)?|pwd|secret|token|api[-_]?key|(?:secret[-_]?)?access[-_]?key|(?:private|secret)[-_]?key|session[-_]?(?:id|key))";

const CREDENTIALS: readonly Credential[] = [
  // https://user:password@host
  {
    pattern: /\b([a-z][a-z0-9+.-]{1,20}:\/\/)([^\s/?#"'<>]+)(?=@)/gi,
    holds: (userInfo) => userInfo !== "git",
  },
  // Authorization: Basic …, proxy_set_header Authorization "Bearer …"
  {
    pattern:
      /(authorization(?:["']?[ \t]{0,4}[:=][ \t]{0,4}["']?|["']?[ \t]{1,4}["'])(?:[a-z-]{1,20}[ \t]{1,4})?)([^\s"',;]+)/gi,
    holds: isLiteral,
  },
  { pattern: /(\bBasic[ \t]{1,4})([A-Za-z0-9+/_-]{4,}={0,2})/gi, holds: isBasicCredential },
  { pattern: /(\bBearer[ \t]{1,4})([\w.~+/=-]{6,})/gi, holds: isBearerToken },
  // password=…, "api_key": "…", proxy_set_header X-Api-Key "…"
  { pattern: new RegExp(`(${KEY}["']?[ \\t]{0,4}[:=][ \\t]{0,4}")([^"\\n]+)`, "gi"), holds: isLiteral },
  { pattern: new RegExp(`(${KEY}["']?[ \\t]{0,4}[:=][ \\t]{0,4}')([^'\\n]+)`, "gi"), holds: isLiteral },
  { pattern: new RegExp(`(${KEY}["']?[ \\t]{0,4}[:=][ \\t]{0,4})([^\\s"'&;,]+)`, "gi"), holds: isLiteral },
  {
    pattern: /((?:api|auth|access|private|secret)[-_](?:key|token|secret)["']?[ \t]{1,4}["'])([^"'\n]+)/gi,
    holds: isLiteral,
  },
  // A JSON Web Token: base64url of {"… . base64url . signature.
  { pattern: /(?<![\w-])()((?:eyJ[\w-]{7,})(?:\.[\w-]+){1,4}\.?)/g },
  // AWS, GitHub, GitLab, Slack, npm, Google and Stripe.
  { pattern: /(?<![A-Za-z0-9])()((?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16})(?![A-Za-z0-9])/g },
  { pattern: /(?<![A-Za-z0-9])()(gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,})/g },
  { pattern: /(?<![A-Za-z0-9])()(glpat-[\w-]{20,}|xox[abeprs]-[\w-]{10,}|npm_[A-Za-z0-9]{36})/g },
  { pattern: /(?<![A-Za-z0-9])()(AIza[\w-]{35}|[sr]k_live_[A-Za-z0-9]{16,})/g },
  // The hashes of htpasswd and crypt.
  { pattern: /()(\$(?:apr1|2[abxy]?|5|6|y)\$[\w./$=]{10,})/g },
];

/** What turns out to be no credential may itself introduce one: `Bearer Bearer x1y2z3`. */
function redactMatches(text: string, { pattern, holds }: Credential): string {
  let redacted = "";
  let position = 0;
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const [, intro = "", credential = ""] = match;
    const start = match.index + intro.length;
    const isCredential = !text.startsWith(MARK, start) && holds?.(credential) !== false;
    if (isCredential) {
      redacted += text.slice(position, start) + redactWhole(credential);
      position = start + credential.length;
    }
    pattern.lastIndex = isCredential ? position : Math.max(start, match.index + 1);
  }
  return redacted + text.slice(position);
}

/** nginx variables and switches stand where a credential could, and hold none. */
function isLiteral(value: string): boolean {
  return !/^(?:\$(?:http|arg|cookie|upstream|sent)_\w+|on|off|true|false|null|none|required|optional)$/i.test(
    value,
  );
}

/** `Basic dXNlcjpwYXNz`, and not `Basic authentication`. */
function isBasicCredential(value: string): boolean {
  return Buffer.from(value, "base64").includes(":");
}

/** `Bearer mF_9.B5f-4.1JqM`, and not `Bearer tokens`. */
function isBearerToken(value: string): boolean {
  return value.length >= 16 || /\d/.test(value);
}

/** By hand, since a pattern would look for the end anew from every beginning. A key without an end goes to the end. */
function redactPrivateKeys(text: string): string {
  const begin = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;
  let redacted = "";
  let position = 0;
  for (let match = begin.exec(text); match !== null; match = begin.exec(text)) {
    const end = endOfBlock(text, begin.lastIndex);
    redacted += text.slice(position, match.index) + redactWhole(text.slice(match.index, end));
    position = end;
    begin.lastIndex = end;
  }
  return redacted + text.slice(position);
}

function endOfBlock(text: string, from: number): number {
  const footer = text.indexOf("-----END ", from);
  const end = footer === -1 ? -1 : text.indexOf("-----", footer + "-----END ".length);
  return end === -1 ? text.length : end + "-----".length;
}
