import * as z from "zod";

/** Fields of the GitOps tools' objects; what is left out, or null, is the type's own nothing. */
export const text = z.string();
export const optionalText = text.nullish().transform((value) => value ?? null);
export const texts = z
  .array(text)
  .nullish()
  .transform((value) => value ?? []);
export const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? false);
export const map = z.record(text, z.json()).nullish();
