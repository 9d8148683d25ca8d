import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import { own, type Phrase, say } from "../phrase.ts";
import { short } from "./short.ts";

/** A value in a few words, for a table: the diff has the rest. */
export function summariseValue(value: Json): Phrase {
  if (value === null || typeof value !== "object") return scalar(value);
  if (Array.isArray(value)) return entries(value);
  if (!isJsonObject(value)) return [];
  const { backend, http, hosts, service, resource, spec } = value;
  if (isJsonObject(spec)) return routes(spec);
  if (isJsonObject(backend)) return summariseValue(backend);
  if (isJsonObject(service)) return [short(nameAndPort(service))];
  if (isJsonObject(resource)) return say`${own("resource")} ${short(textOf(resource.name))}`;
  if (isJsonObject(http) && Array.isArray(http.paths)) return entries(http.paths.map(pathOf));
  return Array.isArray(hosts) ? entries(hosts) : say`see the diff`;
}

function scalar(value: Exclude<Json, object>): Phrase {
  const text = textOf(value);
  return text === "" ? say`empty` : [short(text, 60)];
}

const MAX_ENTRIES = 3;

function entries(values: readonly Json[]): Phrase {
  if (values.length === 0) return say`none`;
  const shown = values.slice(0, MAX_ENTRIES).flatMap((each, index): Phrase => {
    const text = typeof each === "object" && each !== null ? JSON.stringify(each) : textOf(each);
    return [...(index === 0 ? [] : [own(", ")]), short(text === "" ? '""' : text, 60)];
  });
  const left = values.length - MAX_ENTRIES;
  return left > 0 ? [...shown, own(` and ${left} more`)] : shown;
}

/** What a whole Ingress serves: `shop.example.com/api`. */
function routes({ rules, defaultBackend }: JsonObject): Phrase {
  const served = (Array.isArray(rules) ? rules : []).filter(isJsonObject).flatMap(({ host, http }) => {
    const paths = isJsonObject(http) && Array.isArray(http.paths) ? http.paths.map(pathOf) : [];
    return paths.map((path) => `${typeof host === "string" ? host : "*"}${textOf(path)}`);
  });
  if (served.length > 0) return entries(served);
  return defaultBackend === undefined ? say`nothing` : say`the default backend alone`;
}

function pathOf(path: Json): Json {
  return isJsonObject(path) && typeof path.path === "string" ? path.path : "/";
}

/** `api:80`, as people write it. */
function nameAndPort({ name, port }: JsonObject): string {
  const number = isJsonObject(port) ? (port.number ?? port.name) : undefined;
  return number === undefined ? textOf(name) : `${textOf(name)}:${textOf(number)}`;
}

function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : JSON.stringify(value ?? null);
}
