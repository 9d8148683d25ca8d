export interface User {
  readonly id: number;
  readonly login: string;
  readonly name: string | null;
  /** Those that commits are mapped by; the noreply address counts without being listed. */
  readonly emails: readonly string[];
  readonly type: "User" | "Bot" | "Organization";
}

export interface UserInput {
  readonly login: string;
  readonly name?: string;
  readonly emails?: readonly string[];
  readonly type?: User["type"];
}

/** Logins are the same in any case, as on GitHub. */
export class Users {
  readonly #byLogin = new Map<string, User>();

  add(id: number, input: UserInput): User {
    const type = input.type ?? (input.login.endsWith("[bot]") ? "Bot" : "User");
    const user = { id, login: input.login, name: input.name ?? null, emails: input.emails ?? [], type };
    this.#byLogin.set(input.login.toLowerCase(), user);
    return user;
  }

  find(login: string): User | undefined {
    return this.#byLogin.get(login.toLowerCase());
  }

  /** @throws {Error} A test names a user whom it did not add. */
  get(login: string): User {
    const user = this.find(login);
    if (user === undefined) throw new Error(`The GitHub server has no user ${login}`);
    return user;
  }

  /** @see https://docs.github.com/en/account-and-profile/reference/email-addresses-reference */
  byEmail(email: string): User | null {
    const wanted = email.toLowerCase();
    const noreply = /^(?:(\d+)\+)?(.+)@users\.noreply\.github\.com$/.exec(wanted);
    if (noreply !== null) return this.find(noreply[2] ?? "") ?? null;
    const users = [...this.#byLogin.values()];
    return users.find(({ emails }) => emails.some((own) => own.toLowerCase() === wanted)) ?? null;
  }
}
