import { describe, expect, it } from 'vitest';
import { fail, ok } from '../../../../shared/result.ts';
import { createMacTrust } from './mac.ts';
import type { Run } from './run.ts';
import { createWindowsTrust } from './windows.ts';

const authority = {
  path: '/a folder/local-authority.pem',
  name: 'Gearway local addresses 0a1b2c',
  sha1: 'AB12',
  pem: '',
};
const { signal } = new AbortController();

/** A system that knows the authority or does not, and keeps what it was asked. */
function system(knows: boolean) {
  const asked: string[] = [];
  const run: Run = async (program, args) => {
    asked.push([program, ...args].join(' '));
    const asks = args.includes('dump-trust-settings') || args.includes('-store');
    if (!asks) return ok({ code: 0, stdout: '' });
    return knows
      ? ok({ code: 0, stdout: `Cert 0: ${authority.name}` })
      : fail('authority_not_installed', { params: { reason: 'none' } });
  };
  return { asked, run };
}

/** What cannot be run here is held to the words of `man security` and of Microsoft's page on certutil. */
describe('the trust of another system is changed by its own program, for this person only', () => {
  it('macOS', async () => {
    const { asked, run } = system(true);
    const trust = createMacTrust('/Users/a', run);
    await trust.install(authority, signal);
    expect(await trust.has(authority, signal)).toBe(true);
    await trust.remove(authority, signal);
    const keychain = '/Users/a/Library/Keychains/login.keychain-db';
    expect(asked).toEqual([
      `/usr/bin/security add-trusted-cert -r trustRoot -p ssl -k ${keychain} ${authority.path}`,
      '/usr/bin/security dump-trust-settings',
      '/usr/bin/security dump-trust-settings',
      `/usr/bin/security remove-trusted-cert ${authority.path}`,
      `/usr/bin/security delete-certificate -Z AB12 ${keychain}`,
    ]);
  });

  it('Windows', async () => {
    const { asked, run } = system(true);
    const trust = createWindowsTrust('C:\\Windows', run);
    await trust.install(authority, signal);
    await trust.remove(authority, signal);
    const program = 'C:\\Windows\\System32\\certutil.exe';
    expect(asked).toEqual([
      `${program} -user -addstore Root ${authority.path}`,
      `${program} -user -store Root AB12`,
      `${program} -user -delstore Root AB12`,
    ]);
  });

  it('asks nobody to remove what is not there', async () => {
    const { asked, run } = system(false);
    expect((await createWindowsTrust('C:\\Windows', run).remove(authority, signal)).ok).toBe(true);
    expect((await createMacTrust('/Users/a', run).remove(authority, signal)).ok).toBe(true);
    expect(asked.join('\n')).not.toMatch(/delstore|remove-trusted/);
  });
});
