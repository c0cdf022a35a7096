import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { Secret } from './secret.ts';

const secret = new Secret('hunter2');

describe('a secret', () => {
  it('gives its text where it is asked for, and nowhere else', () => {
    expect(secret.reveal()).toBe('hunter2');
    expect(Object.keys(secret)).toEqual([]);
  });

  it.each<readonly [string, () => string]>([
    ['printed', () => String(secret)],
    ['put into a text', () => `as ${secret}`],
    ['joined', () => ['as', secret].join(' ')],
    ['written as JSON', () => JSON.stringify({ secret })],
    ['looked at', () => inspect({ secret }, { showHidden: true, depth: 9 })],
    ['in the text of an error', () => new Error(`refused ${secret}`).message],
  ])('is not seen when it is %s', (_how, show) => {
    expect(show()).toContain('[secret]');
    expect(show()).not.toContain('hunter2');
  });

  it('does not cross to another process', () => {
    expect(JSON.stringify(structuredClone(secret))).not.toContain('hunter2');
  });
});
