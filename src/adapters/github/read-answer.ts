import * as z from "zod";
import { ForgeFailure } from "./failure.ts";

/** @throws {ForgeFailure} `answer`, where the forge's data is not of this shape. */
export function readAnswer<Schema extends z.ZodType>(schema: Schema, data: unknown): z.output<Schema> {
  const read = schema.safeParse(data);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const place = issue === undefined || issue.path.length === 0 ? "the answer" : z.core.toDotPath(issue.path);
  throw new ForgeFailure({ kind: "answer", problem: `${place}: ${issue?.message ?? "not understood"}` });
}
