import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { createCleanup, runGearway, until } from '../testing/index.ts';

const cleanup = createCleanup();
afterEach(() => cleanup.run());
const program = resolve(import.meta.dirname, '../../out/main/gearway.js');

const shell = (script: string) =>
  promisify(execFile)('bash', ['-c', script], { env: { ...process.env, GEARWAY: program } }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (error: { code: number; stdout: string; stderr: string }) => error,
  );

describe('gearway at a terminal', () => {
  it('that is closed ends in order, and leaves no folder behind', async () => {
    const temporary = mkdtempSync(join(tmpdir(), 'gw-terminal-'));
    cleanup.later(() => rmSync(temporary, { recursive: true, force: true }));
    const command = cleanup.add(
      runGearway(['ls', '--demo', '--watch', '--json'], { env: { ...process.env, TMPDIR: temporary } }),
    );
    await command.line('a service', ({ name }) => name !== undefined);
    expect(readdirSync(temporary)).not.toEqual([]);
    command.child.process.kill('SIGHUP');
    expect(await command.status()).toBe(0);
    expect(readdirSync(temporary)).toEqual([]);
  });

  it.runIf(existsSync('/dev/full'))('says in a sentence that a disk is full', async () => {
    const said = await shell('node "$GEARWAY" manual > /dev/full');
    expect(said.code).toBe(1);
    expect(said.stderr).toMatch(/^gearway: the output cannot be written \(ENOSPC\)\.\n$/);
  });

  it('is quiet when its reader has seen enough', async () => {
    const said = await shell('set -o pipefail; node "$GEARWAY" manual | head -1');
    expect(said.stdout).toMatch(/^\.TH GEARWAY/);
    expect(said.stderr).toBe('');
  });

  it('writes no colours, and help where help belongs', async () => {
    const said = await shell('node "$GEARWAY" --help');
    expect(said).toMatchObject({ code: 0, stderr: '' });
    expect(said.stdout).not.toContain('\u001b');
    const wrong = await shell('node "$GEARWAY" frobnicate --json');
    expect(wrong.code).toBe(2);
    expect(JSON.parse(wrong.stdout)).toMatchObject({ event: 'error', code: 'wrong_usage' });
  });

  it('asks nobody anything where there is no terminal', async () => {
    const data = mkdtempSync(join(tmpdir(), 'gw-nobody-'));
    cleanup.later(() => rmSync(data, { recursive: true, force: true }));
    const child = spawn(process.execPath, [program, 'ls', '--user-data-dir', data], {
      stdio: 'ignore',
      env: { ...process.env, GEARWAY_TOKEN: '' },
    });
    await until('its end', () => child.exitCode !== null);
    expect(child.exitCode).toBe(2);
  });
});
