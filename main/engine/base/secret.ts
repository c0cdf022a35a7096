/**
 * A value that must not be seen. Printing, logging, serialising or sending it
 * gives `[secret]`; only `reveal()` gives the text, at the place that sends it
 * over an encrypted connection.
 */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '[secret]';
  }
}

/** Where secrets live between runs; the shell implements it with the system's keychain. */
export interface SecretStore {
  read(id: string): Promise<Secret | undefined>;
  /** With `session` only for as long as the application runs, over a restart of the engine. */
  write(id: string, secret: Secret, keep?: 'session'): Promise<void>;
  forget(id: string): Promise<void>;
}

/** One that also tells how a secret is kept, so that what is put back is kept as it was. */
export interface KeepingSecretStore extends SecretStore {
  /** Is it kept longer than the application runs, where the system can? */
  isKept(id: string): Promise<boolean>;
}
