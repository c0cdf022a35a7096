/** Closes a switch on a union: the compiler proves that no variant is left, and a value from outside that slips through is a bug. */
export function assertNever(value: never, what: string): never {
  throw new Error(`Unexpected ${what}: ${JSON.stringify(value)}`);
}
