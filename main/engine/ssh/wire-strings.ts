/** Reads the parts of what goes over the wire of SSH (RFC 4251 §5) one after the other; `undefined` beyond the end. */
export function readParts(bytes: Buffer) {
  let at = 0;
  const take = (length: number): Buffer | undefined => {
    if (length > bytes.length - at) return undefined;
    at += length;
    return bytes.subarray(at - length, at);
  };
  const number = () => take(4)?.readUInt32BE(0);
  return {
    byte: () => take(1)?.[0],
    number,
    long: () => take(8)?.readBigUInt64BE(0),
    part(): Buffer | undefined {
      const length = number();
      return length === undefined ? undefined : take(length);
    },
  };
}

/** A part as it goes over the wire: its length before it. */
export function wirePart(part: Buffer | string): Buffer {
  const bytes = Buffer.from(part);
  return Buffer.concat([wireNumber(bytes.length), bytes]);
}

export function wireNumber(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
