/** A head that is whole, and where it stands in `bytes`. */
export interface FoundHead {
  readonly bytes: Buffer;
  /** Where the last line ends, its line end left out. */
  readonly end: number;
  /** Where that begins which follows the empty line. */
  readonly rest: number;
  /** The empty line and the line before it end as they should, with CR LF. */
  readonly isStrict: boolean;
}

/**
 * Gathers the parts of a head until its empty line. Each byte is copied and looked at a fixed number of times, however
 * small the parts are. CR LF is what should stand there; a bare LF is found as well, so that nobody waits for what
 * will not come.
 */
export class HeadCollector {
  #held: Buffer | undefined;
  #length = 0;

  /** Bytes that wait. */
  get length(): number {
    return this.#length;
  }

  /** `undefined` while it is not whole. What was held goes with the head that is found. */
  add(part: Buffer): FoundHead | undefined {
    if (this.#held === undefined) {
      const found = findHead(part, 0);
      if (found === undefined) this.#hold(part);
      return found;
    }
    const from = Math.max(0, this.#length - 3);
    this.#hold(part);
    const bytes = this.#held.subarray(0, this.#length);
    const found = findHead(bytes, from);
    if (found !== undefined) this.take();
    return found;
  }

  /** What waits, which is then forgotten here. */
  take(): Buffer {
    const bytes = this.#held?.subarray(0, this.#length) ?? nothing;
    this.#held = undefined;
    this.#length = 0;
    return bytes;
  }

  /** A copy: the memory of a part may be used again for the next one. */
  #hold(part: Buffer): void {
    const length = this.#length + part.length;
    if (this.#held === undefined || this.#held.length < length) {
      const larger = Buffer.allocUnsafe(Math.max(1024, 2 * length));
      this.#held?.copy(larger, 0, 0, this.#length);
      this.#held = larger;
    }
    part.copy(this.#held, this.#length);
    this.#length = length;
  }
}

const nothing = Buffer.alloc(0);
const carriageReturn = 13;

function findHead(bytes: Buffer, from: number): FoundHead | undefined {
  const usual = bytes.indexOf('\n\r\n', from, 'latin1');
  // Only what stands before the usual end can be an end too.
  const before = usual < 0 ? bytes : bytes.subarray(0, usual + 1);
  const bare = before.indexOf('\n\n', from, 'latin1');
  const at = bare >= 0 ? bare : usual;
  if (at < 0) return undefined;
  const returned = at > 0 && bytes[at - 1] === carriageReturn;
  return {
    bytes,
    end: returned ? at - 1 : at,
    rest: at + (bare >= 0 ? 2 : 3),
    isStrict: returned && bare < 0,
  };
}
