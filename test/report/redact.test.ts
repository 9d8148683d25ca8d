import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { redactJson, redactText } from "../../src/report/redact.ts";
import { sampleReport } from "../support/sample-report.ts";

const MARK = /\[redacted sha256:[0-9a-f]{8}\]/;
const JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P";
const KEY_BODY = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC";
const PEM = `-----BEGIN RSA PRIVATE KEY-----\n${KEY_BODY}\n-----END RSA PRIVATE KEY-----`;

describe("credentials inside a value are replaced", () => {
  test.each([
    ["Basic credentials", "proxy_set_header X-Auth 'Basic dXNlcjpodW50ZXIy';", "dXNlcjpodW50ZXIy"],
    ["an Authorization header", "Authorization: Bearer abc", "abc"],
    ["an nginx Authorization header", 'proxy_set_header Authorization "ApiKey zzTop";', "zzTop"],
    ["a bearer token", "Bearer mF_9.B5f-4.1JqM", "mF_9.B5f-4.1JqM"],
    ["a JSON Web Token", `set $t ${JWT};`, JWT],
    ["an AWS access key", "id AKIAIOSFODNN7EXAMPLE;", "AKIAIOSFODNN7EXAMPLE"],
    [
      "a classic GitHub token",
      "x ghp_0123456789abcdefABCDEF0123456789abcd",
      "ghp_0123456789abcdefABCDEF0123456789abcd",
    ],
    [
      "a fine-grained GitHub token",
      "github_pat_11ABCDEFG0abcdefghij_klmnop",
      "github_pat_11ABCDEFG0abcdefghij_klmnop",
    ],
    ["a GitLab token", "glpat-abcdefghij0123456789", "glpat-abcdefghij0123456789"],
    ["a private key", `before\n${PEM}\nafter`, KEY_BODY],
    ["a private key without an end", `-----BEGIN PRIVATE KEY-----\n${KEY_BODY}`, KEY_BODY],
    ["a private key on one line", PEM.replaceAll("\n", "\\n"), KEY_BODY],
    ["a password pair", "user=x;password=hunter2;", "hunter2"],
    ["a quoted password with spaces", 'password: "correct horse"', "correct horse"],
    ["a JSON pair", '{"client_secret": "s3cr3t"}', "s3cr3t"],
    ["a query parameter", "/hook?token=abc123&x=1", "abc123"],
    ["an API key header", 'proxy_set_header X-Api-Key "abc123";', "abc123"],
    ["a URL's user and password", "https://bob:hunter2@example.com/x", "hunter2"],
    ["a URL's password with an @", "https://bob:p@ss@example.com/x", "p@ss"],
    ["a URL's token", "https://0123456789abcdef@example.com/x", "0123456789abcdef"],
    ["an htpasswd hash", "user:$apr1$salt1234$3.Yk1mH2Xx0aHcQz5Y7Lw0", "3.Yk1mH2Xx0aHcQz5Y7Lw0"],
    ["a bcrypt hash", "user:$2y$05$abcdefghijklmnopqrstuu", "abcdefghijklmnopqrstuu"],
  ])("%s", (_, text, credential) => {
    const redacted = redactText(text);
    expect(redacted).not.toContain(credential);
    expect(redacted).toMatch(MARK);
    expect(redactText(redacted)).toBe(redacted);
  });
});

describe("what is no credential stays", () => {
  test.each([
    "shop/basic-auth",
    "Basic authentication required",
    "Bearer tokens",
    "https://auth.example.com/oauth2/start?rd=$escaped_request_uri",
    "ssh://git@github.com/acme/shop",
    "alice@example.com",
    "proxy_set_header Authorization $http_authorization;",
    'the Secret "shop-tls" is missing',
    "secretName=shop-tls",
    "the token is rotated every night",
    "10.0.0.0/8,192.168.0.0/16",
    "sha256:0123456789abcdef0123456789abcdef",
    "9f8e7d6c-5b4a-4392-8170-f6e5d4c3b2a1",
    "3f9c2ab4d5e6f708192a3b4c5d6e7f8091a2b3c4",
    "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
  ])("%s", (text) => {
    expect(redactText(text)).toBe(text);
  });

  test("the sample report", () => {
    const report = sampleReport();
    expect(redactJson(JSON.parse(JSON.stringify(report)))).toEqual(report);
  });
});

test("a change of the credential stays visible, and the same credential reads the same", () => {
  expect(redactText("password=one")).not.toBe(redactText("password=two"));
  expect(redactText("password=one")).toBe(redactText("password=one"));
});

test("text around a private key stays", () => {
  expect(redactText(`a ${PEM} b ${PEM} c`)).toMatch(
    /^a \[redacted sha256:\w{8}\] b \[redacted sha256:\w{8}\] c$/,
  );
});

test("every string and key of a JSON value is looked at", () => {
  const redacted = redactJson({ a: [{ "password=k1": "password=v1" }], n: 1, t: true, z: null });
  expect(JSON.stringify(redacted)).not.toMatch(/k1|v1/);
  expect(redacted).toMatchObject({ n: 1, t: true, z: null });
});

test.each(["example.com/api-token", '["example.com/api-token"]', "password", "x-api-key", "client_secret"])(
  "the whole value under %s is a credential",
  (key) => {
    expect(redactJson("plain", key)).toMatch(MARK);
    expect(redactJson({ [key]: "plain" })).toEqual({ [key]: redactJson("plain", key) });
  },
);

test.each([
  "secretName",
  "nginx.ingress.kubernetes.io/auth-secret",
  "nginx.ingress.kubernetes.io/auth-tls-secret",
])("the value under %s names a Secret and stays", (key) => {
  expect(redactJson("shop-tls", key)).toBe("shop-tls");
});

test("numbers that JSON cannot hold become strings", () => {
  expect(redactJson([Number.NaN, Number.POSITIVE_INFINITY, 1])).toEqual(["NaN", "Infinity", 1]);
});

test.each([
  "eyJ",
  "eyJaaaaaaaa.",
  "a://",
  "https://a:",
  "-----BEGIN PRIVATE KEY-----",
  "-----BEGIN ",
  "password",
  'password="',
  "authorization ",
  "Basic ",
  "Bearer a",
  "ghp_",
  "$apr1$",
  "x-api-key '",
  "a.b+",
])("a long run of %s is read without backtracking", (fragment) => {
  const text = fragment.repeat(Math.ceil(200_000 / fragment.length));
  // Backtracking would not end within the test's time.
  expect(redactText(text).length).toBeGreaterThan(0);
});

test("a word that only looked like a credential may introduce one", () => {
  expect(redactText("password=Bearer Bearer x1y2z3")).not.toContain("x1y2z3");
  expect(redactText("Basic Basic dXNlcjpwYXNz")).not.toContain("dXNlcjpwYXNz");
});

test("redacting is idempotent", () => {
  const part = fc.constantFrom(
    "password=",
    "https://",
    "a:b@",
    "Bearer ",
    "'",
    '"',
    " ",
    "x1y2z3",
    ":",
    "Basic ",
    PEM,
    JWT,
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
      const once = redactText(parts.join(""));
      expect(redactText(once)).toBe(once);
    }),
    { numRuns: 500 },
  );
});
