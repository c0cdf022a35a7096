import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { makeAuthority } from '../authority.ts';
import { authorityFile } from './index.ts';
import { createLinuxTrust } from './linux.ts';
import { run } from './run.ts';

const homes: string[] = [];
afterEach(async () => {
  for (const home of homes.splice(0)) await rm(home, { recursive: true, force: true });
});

async function setup() {
  const home = await mkdtemp(join(tmpdir(), 'gw trust-'));
  homes.push(home);
  const { certificate } = await makeAuthority(Date.now());
  const path = join(home, 'local-authority.pem');
  await writeFile(path, certificate);
  const authority = authorityFile(path, certificate);
  if (authority === undefined) throw new Error('No certificate.');
  return { home, authority, trust: createLinuxTrust(home, run), signal: new AbortController().signal };
}

const list = (folder: string) =>
  execFileSync('certutil', ['-L', '-d', `sql:${folder}`], { encoding: 'utf8' });

describe.runIf(process.platform === 'linux')('the databases of NSS', () => {
  it('trust the authority for servers once it is installed, and no more once it is removed', async () => {
    const { home, authority, trust, signal } = await setup();
    expect(await trust.has(authority, signal)).toBe(false);
    expect((await trust.install(authority, signal)).ok).toBe(true);
    expect(await trust.has(authority, signal)).toBe(true);
    const folder = join(home, '.pki', 'nssdb');
    expect(list(folder)).toMatch(new RegExp(`^${authority.name} +C,,`, 'm'));
    const judged = ['-V', '-d', `sql:${folder}`, '-n', authority.name, '-u', 'L'];
    expect(execFileSync('certutil', judged, { encoding: 'utf8' })).toContain('is valid');
    expect((await trust.install(authority, signal)).ok).toBe(true);
    expect((await trust.remove(authority, signal)).ok).toBe(true);
    expect(await trust.has(authority, signal)).toBe(false);
    expect(list(folder)).not.toContain('Gearway');
    expect((await trust.remove(authority, signal)).ok).toBe(true);
  });

  it('are found in profiles of Firefox too', async () => {
    const { home, authority, trust, signal } = await setup();
    const profile = join(home, '.mozilla', 'firefox', 'a1.default-release');
    await mkdir(profile, { recursive: true });
    execFileSync('certutil', ['-N', '-d', `sql:${profile}`, '--empty-password']);
    await trust.install(authority, signal);
    expect(list(profile)).toContain(authority.name);
    await trust.remove(authority, signal);
    expect(list(profile)).not.toContain(authority.name);
  });

  it('hold another authority without being mistaken for this one', async () => {
    const { authority, trust, signal } = await setup();
    await trust.install(authority, signal);
    const { certificate } = await makeAuthority(Date.now());
    expect(await trust.has({ ...authority, pem: certificate }, signal)).toBe(false);
  });

  it('that cannot be written are told with the reason', async () => {
    const { home, authority, trust, signal } = await setup();
    await mkdir(join(home, '.pki', 'nssdb'), { recursive: true });
    await writeFile(join(home, '.pki', 'nssdb', 'cert9.db'), 'no database');
    const installed = await trust.install(authority, signal);
    expect(installed).toMatchObject({ ok: false, error: { code: 'authority_not_installed' } });
    if (!installed.ok) expect(String(installed.error.params?.reason)).not.toBe('');
  });
});

describe('a program of the system', () => {
  const how = { signal: new AbortController().signal, deadlineMs: 5_000 };

  it('that is not there is named', async () => {
    expect(await run('/does/not/exist', [], how)).toMatchObject({
      ok: false,
      error: { code: 'certutil_missing' },
    });
  });

  it('ends at its deadline, when the person gives up, and without an answer to its question', async () => {
    const waits = ['-e', 'setInterval(() => {}, 1000)'];
    expect((await run(process.execPath, waits, { ...how, deadlineMs: 300 })).ok).toBe(false);
    const signal = AbortSignal.timeout(300);
    expect(await run(process.execPath, waits, { ...how, signal })).toMatchObject({
      error: { code: 'cancelled' },
    });
    const asks = ['-e', 'process.stdin.resume().on("end", () => process.exit(3))'];
    expect((await run(process.execPath, asks, how)).ok).toBe(false);
  });
});
