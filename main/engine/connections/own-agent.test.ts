import { describe, expect, it } from 'vitest';
import { chooseAgent } from './own-agent.ts';

const hash = 'a1'.repeat(32);
const openSsh = '\\\\.\\pipe\\openssh-ssh-agent';

describe('the agent that signs', () => {
  it.each([
    ['the one that the environment names', 'linux', '/run/agent', [], '/run/agent'],
    ['none where nothing names one', 'darwin', undefined, [], undefined],
    ['none where the name is empty', 'linux', '', [], undefined],
    ['the one of the environment on Windows too', 'win32', openSsh, [`pageant.me.${hash}`], openSsh],
    [
      'OpenSSH’s pipe before Pageant’s',
      'win32',
      undefined,
      [`pageant.me.${hash}`, 'openssh-ssh-agent'],
      openSsh,
    ],
    [
      'Pageant’s pipe',
      'win32',
      undefined,
      ['lsass', `pageant.me.${hash}`],
      `\\\\.\\pipe\\pageant.me.${hash}`,
    ],
    [
      'Pageant’s pipe whatever the case',
      'win32',
      undefined,
      [`pageant.Me.${hash}`],
      `\\\\.\\pipe\\pageant.Me.${hash}`,
    ],
    ['no pipe of another person', 'win32', undefined, [`pageant.you.${hash}`], undefined],
    ['nothing that only looks like it', 'win32', undefined, ['pageant.me.evil', 'pageant'], undefined],
    ['no pipe on another system', 'linux', undefined, ['openssh-ssh-agent'], undefined],
  ] as const)('is %s', (_what, platform, socket, pipes, agent) => {
    expect(chooseAgent({ platform, socket, pipes, userName: 'me' })).toBe(agent);
  });
});
