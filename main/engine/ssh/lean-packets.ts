import { createCipheriv, createDecipheriv, randomFillSync } from 'node:crypto';
import type { Client } from 'ssh2';
import { markOneUse } from './one-use.ts';

/**
 * The one place that knows how ssh2 1.17 seals and opens packets with AES-GCM (RFC 5647; `lib/protocol/crypto.js`); its
 * test fails when that changes. What goes over the wire is the same; what changes is memory.
 *
 * ssh2 asks the crypto library for a whole packet at once, 32 KiB and a little. In Electron memory of more than 32 KiB
 * comes fresh from the system each time and costs three times as much as the cipher (2026-11-25: 54 µs a packet, 13 µs
 * in two halves whose memory is given back at once). So packets are sealed and opened in halves, whose memory is for one
 * use; a packet that came in pieces is put together before it is opened.
 */
export function leanPackets(client: Client): void {
  const protocol = (client as unknown as { readonly _protocol: Protocol })._protocol;
  // At each key exchange ssh2 makes new ones, which have not seen a byte yet.
  client.on('handshake', () => {
    if (isGcm(protocol._cipher?._encSSLName)) leanSeal(protocol._cipher);
    if (isGcm(protocol._decipher?._decipherSSLName)) leanOpen(protocol._decipher, protocol);
  });
}

/** Whether everything that is read is copied or opened before the next read, so that reads may share one buffer. */
export const isLean = (client: Client): boolean =>
  leanly.has((client as unknown as { readonly _protocol: Protocol })._protocol?._decipher);

interface Cipher {
  readonly _encSSLName: GcmName;
  readonly _encKey: Buffer;
  readonly _encIV: Buffer;
  readonly _onWrite: (data: Buffer) => void;
  readonly _dead: boolean;
  outSeqno: number;
  allocPacket(payloadLength: number): Buffer;
  encrypt(packet: Buffer): void;
}

interface Decipher {
  readonly _decipherSSLName: GcmName;
  readonly _decipherKey: Buffer;
  readonly _decipherIV: Buffer;
  readonly _onPayload: (payload: Buffer) => number | false | undefined;
  inSeqno: number;
  decrypt(data: Buffer, from: number, end: number): number | undefined;
}

interface Protocol {
  readonly _cipher: Cipher;
  readonly _decipher: Decipher;
  readonly _onPayload: unknown;
  readonly _onPacket: () => void;
  readonly _handlers: { CHANNEL_DATA?(protocol: Protocol, channel: number, data: Buffer): void };
}

type GcmName = 'aes-128-gcm' | 'aes-256-gcm';
const isGcm = (name: string | undefined): boolean => name === 'aes-128-gcm' || name === 'aes-256-gcm';

const leanly = new WeakSet<Decipher>();

/** Electron's allocator keeps pieces up to 32 KiB at hand; two of these hold a packet with its padding. */
const mostPiece = 16 * 1024 + 64;
/** Answers that are smaller come out of memory that is at hand anyway. */
const leastOneUse = 4 * 1024;
/** As ssh2 does: longer packets are refused (RFC 4253 §6.1 asks for 35,000 at least). */
const mostPacket = 35_000;
const lengthBytes = 4;
const tagBytes = 16;
const channelData = 94;
/** Length of padding, type, channel, length of data. */
const dataStart = 10;

function leanSeal(cipher: Cipher) {
  const allocPacket = cipher.allocPacket.bind(cipher);
  const scratch = Buffer.allocUnsafeSlow(mostPacket + 256);
  // Large ones carry a channel's data, are filled and sealed at once and kept by nobody.
  cipher.allocPacket = (payloadLength) => {
    if (payloadLength < leastOneUse || payloadLength > mostPacket) return allocPacket(payloadLength);
    const padding = 16 - ((1 + payloadLength) & 15);
    const packet = scratch.subarray(0, 5 + payloadLength + (padding < 4 ? padding + 16 : padding));
    packet.writeUInt32BE(packet.length - lengthBytes);
    packet[lengthBytes] = packet.length - 5 - payloadLength;
    randomFillSync(packet, 5 + payloadLength);
    return packet;
  };
  cipher.encrypt = (packet) => {
    if (cipher._dead) return;
    const sealing = createCipheriv(cipher._encSSLName, cipher._encKey, cipher._encIV);
    const length = packet.subarray(0, lengthBytes);
    sealing.setAAD(length);
    const pieces: Buffer[] = [];
    for (let at = lengthBytes; at < packet.length; at += mostPiece)
      pieces.push(sealing.update(packet.subarray(at, at + mostPiece)));
    sealing.final();
    const tag = sealing.getAuthTag();
    if (packet.length < leastOneUse) cipher._onWrite(Buffer.concat([length, ...pieces, tag]));
    else {
      cipher._onWrite(Buffer.from(length));
      for (const piece of pieces) {
        markOneUse(piece);
        cipher._onWrite(piece);
      }
      cipher._onWrite(tag);
    }
    increment(cipher._encIV);
    cipher.outSeqno = (cipher.outSeqno + 1) >>> 0;
  };
}

function leanOpen(decipher: Decipher, protocol: Protocol) {
  leanly.add(decipher);
  /** The packet that has come in part. */
  const scratch = Buffer.allocUnsafeSlow(mostPacket);
  let held = 0;

  const bodyOf = (length: number): number => {
    if (length + lengthBytes + tagBytes > mostPacket || length < 16 || (length & 15) !== 0)
      throw new Error('Bad packet length');
    return length;
  };
  const keep = (data: Buffer, from: number, end: number): number => {
    data.copy(scratch, held, from, end);
    held += end - from;
    return end;
  };

  decipher.decrypt = (data, from, end) => {
    for (let at = from; at < end; ) {
      let packet: Buffer | undefined;
      if (held === 0 && end - at >= lengthBytes) {
        const whole = lengthBytes + bodyOf(data.readUInt32BE(at)) + tagBytes;
        if (end - at >= whole) {
          packet = data.subarray(at, at + whole);
          at += whole;
        }
      }
      if (packet === undefined) {
        if (held < lengthBytes) at = keep(data, at, Math.min(end, at + lengthBytes - held));
        if (held < lengthBytes) return undefined;
        const whole = lengthBytes + bodyOf(scratch.readUInt32BE()) + tagBytes;
        at = keep(data, at, Math.min(end, at + whole - held));
        if (held < whole) return undefined;
        packet = scratch.subarray(0, whole);
        held = 0;
      }
      const pieces = open(packet);
      decipher.inSeqno = (decipher.inSeqno + 1) >>> 0;
      increment(decipher._decipherIV);
      const answer = deliver(pieces, packet.length - lengthBytes - tagBytes);
      // A key exchange: what follows is for the next decipher.
      if (answer !== undefined) return answer === false ? at : answer;
    }
    return undefined;
  };

  /** Throws where the tag does not fit: nothing is told of a packet before. */
  function open(packet: Buffer): Buffer[] {
    const opening = createDecipheriv(decipher._decipherSSLName, decipher._decipherKey, decipher._decipherIV);
    opening.setAAD(packet.subarray(0, lengthBytes));
    const end = packet.length - tagBytes;
    const pieces: Buffer[] = [];
    for (let at = lengthBytes; at < end; at += mostPiece)
      pieces.push(opening.update(packet.subarray(at, Math.min(at + mostPiece, end))));
    opening.setAuthTag(packet.subarray(end));
    opening.final();
    return pieces;
  }

  function deliver([first, second, ...more]: Buffer[], length: number): number | false | undefined {
    if (first === undefined) return undefined;
    const payloadLength = length - 1 - (first[0] ?? 0);
    const isData = first[1] === channelData && first.length > dataStart;
    if (isData && length >= leastOneUse) markOneUse(first);
    if (second === undefined) return decipher._onPayload(first.subarray(1, 1 + payloadLength));
    const dataLength = isData ? first.readUInt32BE(6) : -1;
    const fits = dataLength === payloadLength - (dataStart - 1) && dataLength >= first.length - dataStart;
    if (!fits || more.length > 0 || decipher._onPayload !== protocol._onPayload)
      return decipher._onPayload(Buffer.concat([first, second, ...more]).subarray(1, 1 + payloadLength));
    // The same as two packets, one after the other.
    const channel = first.readUInt32BE(2);
    // Before the first half goes: when this function has it back, its memory may be given back already.
    const rest = dataLength - (first.length - dataStart);
    markOneUse(second);
    protocol._onPacket();
    protocol._handlers.CHANNEL_DATA?.(protocol, channel, first.subarray(dataStart));
    if (rest > 0) protocol._handlers.CHANNEL_DATA?.(protocol, channel, second.subarray(0, rest));
    return undefined;
  }
}

/** The counter of RFC 5647 §7.1: the last eight bytes. */
function increment(iv: Buffer) {
  for (let at = 11; at >= 4; at -= 1) {
    const next = ((iv[at] ?? 0) + 1) & 0xff;
    iv[at] = next;
    if (next !== 0) return;
  }
}
