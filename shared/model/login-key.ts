/** The key that this computer made for an account; its private part never leaves the keychain. */
export type LoginKey =
  | { readonly kind: 'none' }
  /** The platform took it under this name; it opens every container of the account that starts after that. */
  | { readonly kind: 'registered'; readonly name: string; readonly fingerprint: string };
