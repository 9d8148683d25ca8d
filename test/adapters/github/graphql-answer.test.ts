import { describe, expect, it } from "vitest";
import * as z from "zod";
import { readGraphql } from "../../../src/adapters/github/graphql-answer.ts";

const schema = z.object({ repository: z.object({ a: z.string().nullable() }) });

describe("GraphQL's answer", () => {
  it("is its data where all went well", () => {
    const data = { repository: { a: "x" } };
    expect(readGraphql(schema, { data }, [])).toEqual({ data, withheld: [] });
  });

  it("is null for what is not there, and told for what may be withheld", () => {
    const data = { repository: { a: null } };
    const gone = { type: "NOT_FOUND", message: "no a", path: ["repository", "a"] };
    const hidden = { type: "FORBIDDEN", message: "not yours", path: ["repository", 0, "reviews"] };
    expect(readGraphql(schema, { data, errors: [gone, hidden] }, ["reviews"])).toEqual({
      data,
      withheld: [hidden],
    });
  });

  it.each([
    ["the repository is not there", { type: "NOT_FOUND", message: "no repository", path: ["repository"] }],
    ["a field is forbidden", { type: "FORBIDDEN", message: "not yours", path: ["repository", "a"] }],
    ["the query is too much", { type: "RESOURCE_LIMITS_EXCEEDED", message: "", path: ["repository", "a"] }],
  ])("is a failure where %s", (_, error) => {
    const data = { repository: { a: null } };
    expect(() => readGraphql(schema, { data, errors: [error] }, ["reviews"])).toThrow(
      expect.objectContaining({ failure: { kind: "graphql", ...error } }),
    );
  });

  it.each([null, "<html>", { data: { repository: null } }, { errors: [] }])("is none in %j", (body) => {
    expect(() => readGraphql(schema, body, [])).toThrow(
      expect.objectContaining({ failure: { kind: "answer", problem: expect.any(String) } }),
    );
  });
});
