import { createPublicKey, type KeyObject, verify } from "node:crypto";
import type { Permissions, Token } from "./caller.ts";
import type { User } from "./users.ts";

export interface App {
  readonly id: number;
  readonly slug: string;
  /** Who writes as the App's installation: `slug[bot]`. */
  readonly user: User;
  readonly publicKey: KeyObject;
  readonly installation: Installation;
}

export interface Installation {
  readonly id: number;
  readonly permissions: Permissions;
  /** Full names. */
  readonly repositories: readonly string[];
}

const LONGEST_LIFE_S = 600;

export class Apps {
  readonly #apps: App[] = [];

  add(app: Omit<App, "publicKey"> & { readonly publicKey: string }): void {
    this.#apps.push({ ...app, publicKey: createPublicKey(app.publicKey) });
  }

  find(wanted: (app: App) => boolean): App | undefined {
    return this.#apps.find(wanted);
  }

  /**
   * Whose JSON web token it is; undefined where nobody's, or it is too old, or lives too long.
   *
   * @see https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app
   */
  byJwt(jwt: string, nowMs: number): Token | undefined {
    const [header = "", payload = "", signature = "", ...rest] = jwt.split(".");
    if (signature === "" || rest.length > 0) return undefined;
    const { iss, iat, exp } = decode(payload);
    const app = this.find(({ id }) => String(id) === String(iss));
    if (app === undefined || decode(header).alg !== "RS256") return undefined;
    const signed = Buffer.from(`${header}.${payload}`);
    const isSigned = verify("RSA-SHA256", signed, app.publicKey, Buffer.from(signature, "base64url"));
    const now = nowMs / 1000;
    const isCurrent = Number(iat) <= now && Number(exp) > now && Number(exp) - now <= LONGEST_LIFE_S;
    if (!isSigned || !isCurrent) return undefined;
    return { value: jwt, user: app.user, kind: "app", permissions: {}, repositories: [] };
  }
}

function decode(part: string): Record<string, unknown> {
  try {
    return JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
  } catch {
    return {};
  }
}
