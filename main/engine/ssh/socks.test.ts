import { describe, expect, it } from 'vitest';
import { readGreeting, readRequest, type SocksRead } from './socks.ts';

const greet = (...bytes: number[]) => readGreeting(Buffer.from(bytes));
const ask = (...bytes: number[]) => readRequest(Buffer.from(bytes));
const text = (value: string) => [...Buffer.from(value, 'latin1')];

describe('a greeting', () => {
  it.each<[string, readonly number[], SocksRead]>([
    ['nothing yet', [], { kind: 'more' }],
    ['half of it', [5, 2, 0], { kind: 'more' }],
    ['no login among others', [5, 2, 2, 0], { kind: 'greeting', used: 4 }],
    ['with the request already behind it', [5, 1, 0, 5, 1], { kind: 'greeting', used: 3 }],
    ['only with a password', [5, 1, 2], { kind: 'refused', answer: Buffer.from([5, 0xff]) }],
    ['no method', [5, 0], { kind: 'refused', answer: Buffer.from([5, 0xff]) }],
    ['SOCKS4', [4, 1, 0, 80], { kind: 'refused' }],
    ['HTTP', text('GET / HTTP/1.1'), { kind: 'refused' }],
  ])('%s', (_name, bytes, read) => {
    expect(greet(...bytes)).toEqual(read);
  });
});

describe('a request', () => {
  const connect = (host: string, port: number, used: number) => ({ kind: 'connect', host, port, used });
  it.each<[string, readonly number[], object]>([
    ['IPv4', [5, 1, 0, 1, 10, 0, 0, 7, 0, 80], connect('10.0.0.7', 80, 10)],
    ['IPv6', [5, 1, 0, 4, ...Array(15).fill(0), 1, 1, 187], connect('0:0:0:0:0:0:0:1', 443, 22)],
    ['a name', [5, 1, 0, 3, 5, ...text('db-1.'), 0x15, 0x38], connect('db-1.', 5432, 12)],
    ['half an address', [5, 1, 0, 1, 10, 0], { kind: 'more' }],
    ['a name that is not there yet', [5, 1, 0, 3, 9, ...text('db')], { kind: 'more' }],
  ])('%s is read', (_name, bytes, read) => {
    expect(ask(...bytes)).toEqual(read);
  });

  it.each<[string, readonly number[], number | undefined]>([
    ['BIND', [5, 2, 0, 1], 7],
    ['UDP', [5, 3, 0, 1], 7],
    ['an unknown type of address', [5, 1, 0, 2, 0], 8],
    ['a reserved byte', [5, 1, 1, 1], 1],
    ['port 0', [5, 1, 0, 1, 10, 0, 0, 7, 0, 0], 1],
    ['an empty name', [5, 1, 0, 3, 0, 0, 80], 1],
    ['a NUL in a name', [5, 1, 0, 3, 3, ...text('a\0b'), 0, 80], 1],
    ['a path for a name', [5, 1, 0, 3, 9, ...text('/run/sock'), 0, 80], 1],
    ['an option for a name', [5, 1, 0, 3, 2, ...text('-x'), 0, 80], 1],
    ['another version', [4, 1, 0, 1], undefined],
  ])('%s is refused', (_name, bytes, code) => {
    const read = ask(...bytes);
    expect(read.kind).toBe('refused');
    expect(read.kind === 'refused' ? read.answer?.[1] : undefined).toBe(code);
  });

  it('never throws and never takes more than there is, whatever comes', () => {
    let seed = 7;
    const random = () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      return seed / 2 ** 31;
    };
    for (let turn = 0; turn < 20_000; turn += 1) {
      const bytes = Buffer.from(Array.from({ length: Math.floor(random() * 300) }, () => random() * 256));
      if (bytes.length > 4 && random() < 0.7) bytes.set([5, 1, 0, [1, 3, 4][Math.floor(random() * 3)] ?? 1]);
      for (const read of [readGreeting(bytes), readRequest(bytes)])
        if ('used' in read) expect(read.used).toBeLessThanOrEqual(bytes.length);
    }
  });
});
