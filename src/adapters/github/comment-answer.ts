import * as z from "zod";
import { account } from "./account.ts";

/** A comment on an issue or a pull request as REST shows it. */
export const commentAnswer = z.object({
  id: z.int(),
  body: z
    .string()
    .nullish()
    .transform((body) => body ?? ""),
  html_url: z.string(),
  user: account,
  author_association: z.string().default("NONE"),
  created_at: z.string(),
});

export type CommentAnswer = z.infer<typeof commentAnswer>;
