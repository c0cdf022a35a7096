import { homedir } from 'node:os';
import type { HostKeyPin } from '../../shared/model/memory.ts';
import { ok, type Result } from '../../shared/result.ts';
import { systemClock } from '../engine/base/effects.ts';
import { Secret } from '../engine/base/secret.ts';
import { findKnownKeys, ownAgent, usualKeys, usualKnownHosts } from '../engine/connections/index.ts';
import { findIdentities, type SshEndpoint } from '../engine/ssh/index.ts';
import {
  createOwnConfig,
  ownSshFiles,
  ownSurroundings,
  resolvePlace,
  type SshHost,
} from '../engine/ssh-config/index.ts';
import type { TunnelArguments } from './tunnel-options.ts';

const files = ownSshFiles();
const around = ownSurroundings(files.home);
const expand = (path: string) => (path.startsWith('~/') ? `${homedir()}${path.slice(1)}` : path);
const mostKeyBytes = 64 * 1024;
const mostKnownBytes = 8 * 1024 * 1024;

/** Where a command leads, as ssh(1) would have it. `host_invalid`, `ssh_command_invalid`, `ssh_jump_loop`. */
export async function placeOf({ command, identity }: TunnelArguments): Promise<Result<SshHost>> {
  if (identity !== undefined) command.options.keyFiles.unshift(identity);
  return resolvePlace(command, await createOwnConfig(files, around).read(command.configFile), around);
}

/** The text of an ordinary file. */
export const readText = (path: string): Promise<string | undefined> => files.read(expand(path), mostKeyBytes);

/** Names the link to a place; those to its jump hosts come behind it. */
export const keyOf = (place: SshHost): string =>
  place.via === undefined ? 'place' : `place via ${keyOf(place.via)}`;

/** How one signs in at a place or at one of its jump hosts. A password is for the place alone. */
export async function endpointOf(
  key: string,
  place: SshHost,
  { password, hostKey }: { readonly password: string | undefined; readonly hostKey: string | undefined },
): Promise<Result<SshEndpoint>> {
  let at: SshHost | undefined = place;
  while (at !== undefined && keyOf(at) !== key) at = at.via;
  const hop = at ?? place;
  const isLast = hop === place;
  const secret = password === undefined ? undefined : new Secret(password);
  const own = isLast ? secret : undefined;
  const agent = hop.agent === 'none' ? undefined : (hop.agent ?? ownAgent(around.userName));
  const { host, port, hostKeyAlias: alias, knownHosts = usualKnownHosts } = hop;
  const texts = await Promise.all(knownHosts.map((file) => files.read(expand(file), mostKnownBytes)));
  const known = findKnownKeys(texts.filter((text) => text !== undefined).join('\n'), { host, port, alias });
  return ok({
    host,
    port,
    user: hop.user,
    runId: key,
    askHostKey: true,
    // The key that was named is the only one.
    ...(isLast && hostKey !== undefined ? {} : { knownKeys: known }),
    ...(own === undefined ? {} : { password: own }),
    ...(hop.via === undefined ? {} : { via: keyOf(hop.via) }),
    // Nobody is here to answer: the password is for a question that wants it.
    ask: async () => undefined,
    byOffer: {
      takesPassword: own !== undefined,
      identities: () =>
        findIdentities({
          files: hop.keyFiles ?? usualKeys,
          certificateFiles: hop.certificateFiles,
          mayBeAbsent: true,
          identitiesOnly: hop.identitiesOnly,
          ...(agent === undefined ? {} : { agent }),
          read: readText,
          passphrase: async () => secret,
          clock: systemClock,
        }),
    },
  });
}

/** The keys that are accepted: the one that was named, or with `acceptsNew` the first that comes. */
export function createPins(options: TunnelArguments, place: SshHost, note: (line: string) => void) {
  const pins = new Map<string, HostKeyPin>();
  const { hostKey } = options;
  if (hostKey !== undefined)
    pins.set(keyOf(place), { runId: keyOf(place), fingerprint: hostKey, algorithm: '', acceptedAt: 0 });
  return {
    pin: (runId: string) => pins.get(runId),
    remember(pin: HostKeyPin) {
      if (pins.get(pin.runId)?.fingerprint === pin.fingerprint) return;
      pins.set(pin.runId, pin);
      note(`Host key ${pin.fingerprint} (${pin.algorithm}) accepted.`);
    },
  };
}
