/** Names that Gearway keeps for `ssh`, as they are shown before they are written. */
export interface SshAliases {
  /** Does the person's configuration include them? */
  readonly installed: boolean;
  /** The person's own file, and the one line that is added to it. */
  readonly config: string;
  readonly line: string;
  /** Gearway's own file, and what it holds. */
  readonly file: string;
  readonly text: string;
  /** `place` is empty for what does not run. */
  readonly aliases: readonly { readonly alias: string; readonly place: string }[];
  /** Where the login key is written, readable by its owner only, so that ssh can use it. */
  readonly keyFile?: string;
}

/** Where a name leads now. */
export interface SshEndpoint {
  readonly host: string;
  readonly port: number;
}
