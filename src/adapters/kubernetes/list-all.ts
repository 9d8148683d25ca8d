import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import type { Get } from "./api-connection.ts";
import { ApiFailure } from "./api-failure.ts";

const PAGE_SIZE = 500;
const PAGED_ATTEMPTS = 2;

/**
 * Every object of a collection at one moment, page by page.
 *
 * The pages of one list show one version of the collection, which the server forgets after some minutes: it then
 * answers 410, and the list begins again; at last it is asked for in one piece, as kubectl does.
 *
 * @throws {ApiFailure}
 */
export async function listAll(get: Get, path: string, signal: AbortSignal): Promise<readonly Json[]> {
  for (let attempt = 1; attempt <= PAGED_ATTEMPTS; attempt += 1) {
    try {
      return await listPages(get, path, signal);
    } catch (error) {
      if (!isExpired(error)) throw error;
    }
  }
  const page = readPage(await get(path, signal));
  if (page.next !== null) throw unusable();
  return page.items;
}

async function listPages(get: Get, path: string, signal: AbortSignal): Promise<readonly Json[]> {
  const items: Json[] = [];
  const seen = new Set<string>();
  for (let next: string | null = ""; next !== null; ) {
    const token: string = next === "" ? "" : `&continue=${encodeURIComponent(next)}`;
    const page = readPage(await get(`${path}?limit=${PAGE_SIZE}${token}`, signal));
    items.push(...page.items);
    // A proxy that drops the query would have us read the first page for ever.
    if (page.next !== null && seen.has(page.next)) throw unusable();
    if (page.next !== null) seen.add(page.next);
    next = page.next;
  }
  return items;
}

interface Page {
  readonly items: readonly Json[];
  readonly next: string | null;
}

function readPage(list: JsonObject): Page {
  const { kind, apiVersion, items, metadata } = list;
  if (typeof kind !== "string" || !kind.endsWith("List")) throw unusable();
  // Go writes a list that it never filled as null.
  const entries = items === null ? [] : items;
  if (!Array.isArray(entries)) throw unusable();
  const type = { apiVersion: apiVersion ?? null, kind: kind.slice(0, -"List".length) };
  const next = isJsonObject(metadata) ? metadata.continue : undefined;
  return {
    // The server names the type once; kubectl and this project name it with each object.
    items: entries.map((entry: Json) => (isJsonObject(entry) ? { ...type, ...entry } : entry)),
    next: typeof next === "string" && next !== "" ? next : null,
  };
}

function isExpired(error: unknown): boolean {
  return error instanceof ApiFailure && error.failure.kind === "status" && error.failure.status === 410;
}

function unusable(): ApiFailure {
  return new ApiFailure({ kind: "answer", contentType: "JSON that is no list" });
}
