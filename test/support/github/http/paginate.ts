import type { Answer } from "./answer.ts";

const DEFAULT_PER_PAGE = 30;
const MOST_PER_PAGE = 100;

/**
 * Cut an operation's list into the page that is asked for, with the Link header.
 *
 * @see https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api
 */
export function paginate(answer: Answer, url: URL): Answer {
  if (answer.list === undefined) return answer;
  const { items, wrap = (page: readonly unknown[]) => page } = answer.list;
  const perPage = Math.min(MOST_PER_PAGE, positive(url, "per_page", DEFAULT_PER_PAGE));
  const page = positive(url, "page", 1);
  const last = Math.max(1, Math.ceil(items.length / perPage));
  const link = linkHeader(url, page, last);
  return {
    status: answer.status,
    body: wrap(items.slice((page - 1) * perPage, page * perPage)),
    headers: { ...answer.headers, ...(link === "" ? {} : { link }) },
  };
}

function positive(url: URL, name: string, otherwise: number): number {
  const value = Number(url.searchParams.get(name) ?? otherwise);
  return Number.isInteger(value) && value > 0 ? value : otherwise;
}

function linkHeader(url: URL, page: number, last: number): string {
  const relations: readonly [string, number, boolean][] = [
    ["prev", page - 1, page > 1],
    ["next", page + 1, page < last],
    ["last", last, page < last],
    ["first", 1, page > 1],
  ];
  return relations
    .filter(([, , exists]) => exists)
    .map(([relation, number]) => `<${withPage(url, number)}>; rel="${relation}"`)
    .join(", ");
}

function withPage(url: URL, page: number): string {
  const other = new URL(url);
  other.searchParams.set("page", String(page));
  return other.href;
}
