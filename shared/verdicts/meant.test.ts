import { describe, expect, it } from 'vitest';
import { makeService } from '../../renderer/testing/make.ts';
import type { Service } from '../model/service.ts';
import { isMeant } from './meant.ts';

const unmapped = (part: Partial<Service>) =>
  makeService({ exposure: { kind: 'unmapped' }, listens: { bind: 'any', process: 'python3' }, ...part });
const neither = { isMarked: false, isLaunched: false };

describe('what a person means by a service', () => {
  it.each<readonly [string, Service, boolean]>([
    ['a program on a port that somebody chose', unmapped({}), true],
    ['one on loopback, too', unmapped({ listens: { bind: 'loopback', process: 'python3' } }), true],
    [
      'the SSH server of the system',
      unmapped({ port: 2222, listens: { bind: 'any', process: 'sshd' } }),
      false,
    ],
    ['a resolver', unmapped({ port: 53, listens: { bind: 'loopback', process: 'systemd-resolve' } }), false],
    ['an editor’s server', unmapped({ port: 40_001, listens: { bind: 'loopback', process: 'node' } }), false],
    [
      'a kernel’s wires',
      unmapped({ port: 52_313, listens: { bind: 'loopback', process: 'python3' } }),
      false,
    ],
    [
      'what was recognised there',
      unmapped({
        port: 52_313,
        listens: { bind: 'loopback', process: 'python3' },
        kind: { kind: 'gradio', name: 'Gradio' } as unknown as NonNullable<Service['kind']>,
      }),
      true,
    ],
    ['what is open to the network there', unmapped({ port: 52_313 }), true],
    ['sshd that is mapped', makeService({ listens: { bind: 'any', process: 'sshd' } }), true],
    [
      'sshd that was added by hand',
      unmapped({ byHand: true, listens: { bind: 'any', process: 'sshd' } }),
      true,
    ],
    [
      'sshd with a tunnel',
      unmapped({
        listens: { bind: 'any', process: 'sshd' },
        tunnel: { state: { kind: 'connecting' } } as Service['tunnel'],
      }),
      true,
    ],
    ['what is known of by a tunnel only', unmapped({ listens: undefined }), true],
  ])('%s', (_, service, meant) => {
    expect(isMeant(service, neither)).toBe(meant);
  });

  it('is whatever they marked or started', () => {
    const sshd = unmapped({ listens: { bind: 'any', process: 'sshd' } });
    expect(isMeant(sshd, { isMarked: true, isLaunched: false })).toBe(true);
    expect(isMeant(sshd, { isMarked: false, isLaunched: true })).toBe(true);
  });
});
