import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { mayName } from "../../../src/audit/rendered/may-name.ts";

test.each([
  ["the word itself", "kind: Ingress\n"],
  ["the word within another", "kind: IngressClass\n"],
  ["an escaped letter", 'kind: "\\x49ngress"\n'],
  ["an escaped letter of JSON", '{"kind":"\\u0049ngress"}'],
  ["a word over two lines", 'kind: "Ing\\\n  ress"\n'],
  ["a word over two lines that end as Windows has them", 'kind: "Ing\\\r\n  ress"\n'],
  ["content as Base64", "patch: !!binary a2luZDogSW5ncmVzcw==\n"],
])("%s may name it", (_, text) => {
  expect(mayName(Buffer.from(text), "Ingress")).toBe(true);
});

test("a packed chart and text in UTF-16 may name anything", () => {
  const packed = gzipSync("nothing");
  const wide = Buffer.from("kind: Ingress", "utf16le");

  expect([mayName(packed, "Ingress"), mayName(wide, "shop")]).toEqual([true, true]);
});

test("plain text names what it holds, and each word is asked for by itself", () => {
  const content = Buffer.from(
    "kind: Service\nmetadata: {namespace: shop}\n# \\ and \\n are no escapes that hide it\n",
  );

  expect(["Ingress", "shop", "Ingress", "shop-eu"].map((word) => mayName(content, word))).toEqual([
    false,
    true,
    false,
    false,
  ]);
});
