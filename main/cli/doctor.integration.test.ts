import { afterEach, describe, expect, it } from 'vitest';
import { createCleanup } from '../testing/index.ts';
import { run } from './doctor.ts';
import { exitStatus } from './io.ts';

const cleanup = createCleanup();
afterEach(() => cleanup.run());

/** Runs the command on the local platform and remembers what it said. */
async function doctor(...args: string[]) {
  const out: string[] = [];
  const notes: string[] = [];
  const status = await run(
    { args: [], words: [], options: { demo: true, json: args.includes('--json') } },
    {
      out: (line) => out.push(line),
      note: (line) => notes.push(line),
      fail: (_code, message) => notes.push(message),
      failure: () => ({ code: '', message: '' }),
      untilStopped: () => new Promise(() => {}),
    },
  );
  return { status, out, notes };
}

interface Line {
  readonly event: string;
  readonly what?: string;
  readonly ok?: boolean;
  readonly service?: string;
  readonly code?: string;
  readonly fix?: string;
  readonly verdict?: string;
  readonly url?: string;
  readonly things?: readonly { readonly code: string }[];
  readonly services?: number;
  readonly problems?: number;
}

describe('gearway doctor', () => {
  it('tells programs, one object a line, what is wrong and which addresses are open to anyone', async () => {
    const { status, out } = await doctor('--json');
    expect(status).toBe(exitStatus.done);
    const lines = out.map((line) => JSON.parse(line) as Line);
    const of = (event: string) => lines.filter((line) => line.event === event);

    expect(of('check').map(({ what, ok }) => [what, ok])).toContainEqual(['platform', true]);
    const loopback = of('finding').find(({ code }) => code === 'bound_to_loopback');
    expect(loopback?.fix).toContain('0.0.0.0');
    const model = of('exposed').find(({ things }) => things?.some(({ code }) => code === 'models'));
    expect(model).toMatchObject({ verdict: 'open', url: expect.stringMatching(/^http/) });
    // Whatever the audit calls open is a finding too, and the other way round.
    const opened = of('exposed').filter(({ verdict }) => verdict === 'open');
    const found = of('finding').filter(({ code }) => code === 'open_to_anyone');
    expect(found.map(({ service }) => service).sort()).toEqual(opened.map(({ service }) => service).sort());
    const done = lines.at(-1);
    expect(done?.event).toBe('done');
    expect(done?.services).toBeGreaterThan(3);
    expect(done?.problems).toBeGreaterThan(0);
    expect(out.join('\n')).not.toMatch(/password|token"/i);
  }, 90_000);

  it('tells people what is wrong, each once, and the line that helps', async () => {
    const { out, notes } = await doctor();
    expect(out).toEqual([]);
    const said = notes.join('\n');
    expect(said).toMatch(/^notes: .*127\.0\.0\.1.*\n {4}Fix: .*0\.0\.0\.0/m);
    expect(said.match(/^web: /gm)).toHaveLength(1);
    expect(notes.at(-1)).toMatch(/^[1-9] problems found\.$/);
  }, 90_000);
});
