import type { Json } from "../../../src/model/json.ts";
import type { ApiClient } from "./api-client.ts";

/** An object that is there already is as good: the server itself makes some. */
export async function createObject(client: ApiClient, apiPath: string, object: object): Promise<void> {
  const answer = await client.request("admin", "POST", apiPath, object as Json);
  if (answer.status !== 201 && answer.status !== 409) {
    throw new Error(`POST ${apiPath} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  }
}
