import * as z from "zod";
import { account } from "./account.ts";

/** A label comes as its name where the issue is old enough. */
const label = z.union([
  z.string(),
  z.object({ name: z.string().nullish() }).transform(({ name }) => name ?? ""),
]);

/** An issue as REST shows it; a pull request is one too. */
export const issueAnswer = z.object({
  number: z.int(),
  html_url: z.string(),
  title: z.string(),
  body: z
    .string()
    .nullish()
    .transform((body) => body ?? ""),
  state: z.enum(["open", "closed"]),
  user: account,
  /** Lists may leave it out. */
  closed_by: account.optional(),
  labels: z.array(label).transform((names) => names.filter((name) => name !== "")),
  assignees: z
    .array(z.object({ login: z.string() }))
    .nullish()
    .transform((users) => (users ?? []).map(({ login }) => login)),
  created_at: z.string(),
  updated_at: z.string(),
  closed_at: z
    .string()
    .nullish()
    .transform((time) => time ?? null),
  comments: z.int().default(0),
  pull_request: z.unknown().optional(),
});

export type IssueAnswer = z.output<typeof issueAnswer>;
