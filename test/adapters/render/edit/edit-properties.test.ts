import fc from "fast-check";
import { expect, test } from "vitest";
import { stringify } from "yaml";
import { yamlFileEditor } from "../../../../src/adapters/render/edit/yaml-file-editor.ts";
import { adoptionSteps } from "../../../../src/compare/adoption-edits.ts";
import { compareIngress } from "../../../../src/compare/compare-ingress.ts";
import { AuditError } from "../../../../src/model/audit-error.ts";
import type { IngressObject, RawPath } from "../../../../src/model/ingress.ts";
import type { Json } from "../../../../src/model/json.ts";
import { type ValueEdit, valueAt } from "../../../../src/model/value-edit.ts";
import { arbitraryDistinctIngress } from "../../../compare/support/arbitrary-ingress.ts";

const BEFORE =
  "# of the shop team\napiVersion: v1\nkind: Service # Ingress\nmetadata: { name: 'web',  namespace: shop }\n";
const AFTER = "kind:   ConfigMap # Ingress\napiVersion: v1\nmetadata:\n    name: web\n";

/** One way to write an Ingress down among other documents. */
interface Writing {
  readonly indent: number;
  readonly indentSeq: boolean;
  readonly style: "block" | "flow" | "json" | "list";
  readonly quotes: "QUOTE_DOUBLE" | "QUOTE_SINGLE" | "PLAIN";
  readonly newline: "\n" | "\r\n";
  readonly mark: boolean;
  readonly comments: boolean;
  readonly endsInNewline: boolean;
  readonly neighbours: boolean;
}

const writing: fc.Arbitrary<Writing> = fc.record({
  indent: fc.constantFrom(2, 4),
  indentSeq: fc.boolean(),
  style: fc.constantFrom("block", "block", "block", "list", "flow", "json"),
  quotes: fc.constantFrom("QUOTE_DOUBLE", "QUOTE_SINGLE", "PLAIN"),
  newline: fc.constantFrom("\n", "\n", "\r\n"),
  mark: fc.boolean(),
  comments: fc.boolean(),
  endsInNewline: fc.boolean(),
  neighbours: fc.boolean(),
});

function write(object: IngressObject, how: Writing): Buffer {
  const own = document(object, how);
  const text = how.neighbours && how.style !== "json" ? `${BEFORE}---\n${own}---\n${AFTER}` : own;
  const ended = how.endsInNewline ? text : text.replace(/\n$/, "");
  return Buffer.from((how.mark ? "\uFEFF" : "") + ended.replaceAll("\n", how.newline));
}

function document(object: IngressObject, { style, indent, indentSeq, quotes, comments }: Writing): string {
  if (style === "json") return `${JSON.stringify(object, null, indent)}\n`;
  const value = style === "list" ? { apiVersion: "v1", kind: "List", items: [object] } : object;
  const text = stringify(value, {
    version: "1.1",
    aliasDuplicateObjects: false,
    indent,
    indentSeq,
    defaultStringType: quotes,
    defaultKeyType: "PLAIN",
    lineWidth: 0,
    collectionStyle: style === "flow" ? "flow" : "block",
  }).replaceAll(/:\n *(\[\]|\{\})/g, ": $1");
  const isPlainText = !JSON.stringify(object).includes("\\n");
  if (!comments || style === "flow" || !isPlainText) return text;
  return text.replace(/^( *)(.*)$/gm, (line, space, rest) =>
    rest === "" ? line : `${space}# above ${rest.length}\n${line}  # beside`,
  );
}

/** Of the lines that do not stay byte for byte, none are other fields'. */
function expectFewLines(before: Buffer, after: Buffer, edit: ValueEdit, prefix: RawPath): void {
  const { taken, brought } = changedLines(before, after);
  const document = yamlFileEditor.read(before)?.find((value) => JSON.stringify(value)?.includes('"spec"'));
  const old = valueAt(document ?? null, [...prefix, ...edit.path]);
  const isNew = edit.kind === "insert" || (edit.kind === "set" && old === undefined);
  const isShort = edit.kind === "set" && isOneLine(old) && isOneLine(edit.value);
  expect(isNew ? taken : 0).toBeLessThanOrEqual(1);
  expect(edit.kind === "remove" ? brought : 0).toBeLessThanOrEqual(1);
  if (isShort) expect({ taken, brought }).toEqual({ taken: 1, brought: 1 });
}

function isOneLine(value: Json | undefined): boolean {
  return value !== undefined && typeof value !== "object" && !String(value).includes("\n");
}

function changedLines(before: Buffer, after: Buffer): { readonly taken: number; readonly brought: number } {
  const [old, now] = [before, after].map((content) => content.toString("utf8").split("\n"));
  if (old === undefined || now === undefined) return { taken: 0, brought: 0 };
  let head = 0;
  while (head < Math.min(old.length, now.length) && old[head] === now[head]) head += 1;
  let tail = 0;
  while (tail < Math.min(old.length, now.length) - head && old.at(-1 - tail) === now.at(-1 - tail)) tail += 1;
  return { taken: old.length - head - tail, brought: now.length - head - tail };
}

const at = (how: Writing) => ({
  document: how.neighbours && how.style !== "json" ? 1 : 0,
  path: how.style === "list" ? ["items", 0] : [],
});

test("the file says what the steps make of it, and its other documents stay byte for byte", () => {
  let refused = 0;
  let edited = 0;
  fc.assert(
    fc.property(arbitraryDistinctIngress, arbitraryDistinctIngress, writing, (desired, live, how) => {
      const { divergences } = compareIngress(desired, live, { ingressClasses: null });
      const steps = adoptionSteps(desired, live, divergences);
      const before = write(desired, how);
      const { document, path } = at(how);
      let content = before;
      try {
        for (const { edits } of steps) {
          for (const edit of edits) {
            const written = yamlFileEditor.edit(content, {
              document,
              edit: { ...edit, path: [...path, ...edit.path] },
            });
            if (how.style === "block" || how.style === "list") expectFewLines(content, written, edit, path);
            content = written;
            edited += 1;
          }
        }
      } catch (error) {
        if (!(error instanceof AuditError)) throw error;
        refused += 1;
        return;
      }
      const found = yamlFileEditor.find(
        { path: "web.yaml", content, defaultNamespace: null },
        { namespace: "shop", name: "web" },
      );
      expect(found?.object).toEqual(steps.at(-1)?.object ?? desired);
      const text = content.toString("utf8");
      if (!how.neighbours || how.style === "json") return;
      expect(text.startsWith((how.mark ? "\uFEFF" : "") + BEFORE.replaceAll("\n", how.newline))).toBe(true);
      expect(
        text.endsWith(AFTER.slice(0, how.endsInNewline ? undefined : -1).replaceAll("\n", how.newline)),
      ).toBe(true);
    }),
    { numRuns: 80 },
  );
  expect({ refused, isMuchEdited: edited > 250 }).toEqual({ refused: 0, isMuchEdited: true });
});
