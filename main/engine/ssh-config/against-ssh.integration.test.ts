import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, hostname, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOwnConfig } from './own-config.ts';
import { ownSshFiles } from './own-files.ts';
import { readArguments } from './read-command.ts';
import { resolvePlace } from './resolve.ts';
import { type MadeCase, makeCase } from './test-configs.ts';
import type { SshHost, Surroundings } from './types.ts';

/** More for a long run by hand: `SSH_G_CASES=20000`. */
const cases = Number(process.env.SSH_G_CASES ?? 600);
const atOnce = 4;

const around: Surroundings = {
  home: homedir(),
  userName: userInfo().username,
  userId: String(userInfo().uid),
  hostName: hostname(),
  env: (name) => process.env[name],
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gw-ssh-g-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What `ssh -G` prints, or nothing where it refuses. */
function askSsh(words: readonly string[]): Promise<ReadonlyMap<string, readonly string[]> | undefined> {
  return new Promise((resolve) => {
    execFile('ssh', ['-G', ...words], (error, stdout) => {
      if (error !== null) return resolve(undefined);
      const found = new Map<string, string[]>();
      for (const line of stdout.split('\n')) {
        const blank = line.indexOf(' ');
        const name = line.slice(0, blank);
        found.set(name, [...(found.get(name) ?? []), line.slice(blank + 1)]);
      }
      resolve(found);
    });
  });
}

interface Compared {
  readonly host: string;
  readonly port: string;
  readonly user: string;
  readonly keys: readonly string[];
  readonly certificates: readonly string[];
  readonly identitiesOnly: string;
  readonly hostKeyAlias: string;
  readonly forwards: readonly string[];
  readonly via: Compared | 'none';
}

const expandHome = (path: string) => (path.startsWith('~/') ? around.home + path.slice(1) : path);

function ofOurs(place: SshHost): Compared {
  const own = (host: string | undefined, port: number) =>
    host === undefined ? `${port}` : `[${host}]:${port}`;
  return {
    host: place.host,
    port: String(place.port),
    user: place.user,
    keys: (place.keyFiles ?? []).map(expandHome),
    certificates: place.certificateFiles.map(expandHome),
    identitiesOnly: place.identitiesOnly ? 'yes' : 'no',
    hostKeyAlias: place.hostKeyAlias ?? '',
    forwards: place.forwards
      .map(({ direction, bind, port, host, hostPort }) => {
        const target = host === undefined ? '' : host.startsWith('/') ? ` ${host}` : ` [${host}]:${hostPort}`;
        return `${direction} ${own(bind, port)}${target}`;
      })
      .sort(),
    via: place.via === undefined ? 'none' : ofOurs(place.via),
  };
}

/** Jump hosts are asked for as ssh itself asks for them: the last one, through those before it. */
async function ofSsh(
  words: readonly string[],
  config: string,
  depth = 0,
): Promise<Compared | 'circle' | undefined> {
  // ssh itself starts one program after the other then.
  if (depth > 5) return 'circle';
  const said = await askSsh(['-F', config, ...words]);
  if (said === undefined) return undefined;
  const one = (name: string) => said.get(name)?.[0] ?? '';
  const all = (name: string) => said.get(name) ?? [];
  const tokens: Readonly<Record<string, string>> = {
    d: around.home,
    h: one('hostname'),
    n: one('host'),
    p: one('port'),
    r: one('user'),
    u: around.userName,
    '%': '%',
  };
  const path = (text: string) =>
    expandHome(text.replace(/%(.)/g, (_all, name: string) => tokens[name] ?? name));
  const gateway = one('gatewayports') === 'yes';
  const forwards = (name: string, direction: string) =>
    all(name).map((text) => {
      const plain = /^\d+(?= |$)/.test(text) && gateway && direction !== 'remote' ? `[*]:${text}` : text;
      return `${direction} ${plain}`;
    });
  let via: Compared | 'none' | 'circle' | undefined = 'none';
  const jumps = one('proxyjump');
  // A command that only jumps is a jump for us.
  const isSame = one('proxycommand').startsWith('ssh -W %h:%p gate');
  if (jumps !== '' && jumps !== 'none') {
    const hops = jumps.split(',');
    const last = hops.pop() ?? '';
    const found = /^(?:(.*)@)?(?:\[([^\]]*)\]|([^:]*|.*:.*:.*))(?::(\d+))?$/.exec(
      last.replace(/^ssh:\/\//, ''),
    );
    const [, user, bracketed, plain, port] = found ?? [];
    via = await ofSsh(
      [
        ...(user === undefined ? [] : ['-l', user]),
        ...(port === undefined ? [] : ['-p', port]),
        ...(hops.length === 0 ? [] : ['-J', hops.join(',')]),
        bracketed ?? plain ?? '',
      ],
      config,
      depth + 1,
    );
  } else if (isSame) via = await ofSsh(['gate'], config, depth + 1);
  if (via === undefined || via === 'circle') return via;
  return {
    host: one('hostname'),
    port: one('port'),
    user: one('user'),
    keys: defaultKeys(all('identityfile'))
      ? []
      : all('identityfile')
          .filter((key) => key !== 'none')
          .map(path),
    certificates: all('certificatefile').map(path),
    identitiesOnly: one('identitiesonly'),
    hostKeyAlias: one('hostkeyalias'),
    forwards: [
      ...forwards('localforward', 'local'),
      ...forwards('remoteforward', 'remote'),
      // `ssh -G` prints what leads to a socket twice.
      ...forwards('dynamicforward', 'dynamic').filter(
        (text) =>
          !all('localforward').some(
            (local) =>
              local.startsWith(`${bare(text.slice('dynamic '.length))} /`) ||
              local.startsWith(`${text.slice('dynamic '.length)} /`),
          ),
      ),
    ].sort(),
    via,
  };
}

const bare = (own: string) => own.replace('[*]:', '');

const defaultKeys = (keys: readonly string[]) => keys[0] === '~/.ssh/id_rsa' && keys.length > 3;

async function compare(seed: number): Promise<string | undefined> {
  const made: MadeCase = makeCase(seed);
  const at = join(folder, String(seed));
  for (const [name, text] of made.files)
    await writeFile(`${at}-${name}`, text.replaceAll('@/', `${at}-`), { mode: 0o600 });
  const config = `${at}-config`;
  const command = readArguments(made.words);
  const own = createOwnConfig(ownSshFiles(around.home), around);
  const ours = command.ok ? resolvePlace(command.value, await own.read(config), around) : command;
  const theirs = await ofSsh(made.words, config);
  if (theirs === 'circle') return !ours.ok ? undefined : `a circle ${show(made)}`;
  // A file that includes itself, which ssh refuses as a whole, is told of by its Include line.
  const tellsMore = (place: SshHost): boolean =>
    place.notTaken.some(({ why, text }) => why === 'unknown' || /^include\b/i.test(text)) ||
    (place.via !== undefined && tellsMore(place.via));
  if (theirs === undefined)
    // Both refuse, or we say what ssh refuses; a circle of jumps is refused here only.
    return ours.ok && !tellsMore(ours.value)
      ? `ssh refuses ${show(made)}\nours ${JSON.stringify(ofOurs(ours.value))}`
      : undefined;
  if (!ours.ok)
    return ours.error.code === 'host_invalid' ? undefined : `ours refuses (${ours.error.code}) ${show(made)}`;
  const [a, b] = [JSON.stringify(ofOurs(ours.value)), JSON.stringify(theirs)];
  return a === b ? undefined : `${show(made)}\nours ${a}\nssh  ${b}`;
}

const show = ({ files, words }: MadeCase) =>
  `ssh ${words.join(' ')}\n${[...files].map(([name, text]) => `--- ${name}\n${text}`).join('\n')}`;

describe('the reader of ssh_config and commands', () => {
  it(`says what ssh -G says, for ${cases} configurations and commands`, {
    timeout: 20 * 60_000,
  }, async () => {
    const different: string[] = [];
    let next = Number(process.env.SSH_G_FROM ?? 0);
    const end = next + cases;
    await Promise.all(
      Array.from({ length: atOnce }, async () => {
        while (next < end && different.length < 5) {
          const seed = next;
          next += 1;
          const found = await compare(seed);
          if (found !== undefined) different.push(`seed ${seed}: ${found}`);
        }
      }),
    );
    expect(different.join('\n\n')).toBe('');
  });
});
