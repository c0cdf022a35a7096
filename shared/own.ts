/**
 * A member of a record by a key that may come from elsewhere: `constructor` and `__proto__` are members only where they
 * were put. Pure.
 */
export const own = <T>(all: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(all, key) ? all[key] : undefined;
