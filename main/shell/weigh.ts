/** Deeper than any input of the contract, which hold lists of small objects. */
const mostDepth = 24;

/**
 * What a value of the contract weighs, in characters: its texts, and eight for each other part. Infinite for what no request
 * carries, however it arrived: a map, a buffer, a date, a circle, a number without JSON. Looks no further than `most`.
 */
export function weigh(value: unknown, most: number): number {
  let weight = 0;
  const add = (part: unknown, depth: number): boolean => {
    weight += typeof part === 'string' ? part.length : 8;
    if (weight > most || depth > mostDepth) return false;
    switch (typeof part) {
      case 'string':
      case 'number':
      case 'boolean':
      case 'undefined':
        return true;
      case 'object':
        return part === null || addParts(part, depth);
      default:
        return false;
    }
  };
  function addParts(part: object, depth: number): boolean {
    if (Array.isArray(part)) return part.every((one) => add(one, depth + 1));
    const made = Object.getPrototypeOf(part);
    if (made !== Object.prototype && made !== null) return false;
    for (const key in part) {
      weight += key.length;
      if (!add((part as Readonly<Record<string, unknown>>)[key], depth + 1)) return false;
    }
    return true;
  }
  return add(value, 0) ? weight : Number.POSITIVE_INFINITY;
}
