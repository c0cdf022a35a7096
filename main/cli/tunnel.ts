import { readFile } from 'node:fs/promises';
import { assertNever } from '../../shared/assert-never.ts';
import type { HostKeyPin } from '../../shared/model/memory.ts';
import type { Tunnel, TunnelState } from '../../shared/model/service.ts';
import { type AppError, ok } from '../../shared/result.ts';
import { silentLog, systemClock } from '../engine/base/effects.ts';
import { Secret } from '../engine/base/secret.ts';
import { createSsh, createTunnels, readKey, type SigningKey } from '../engine/ssh/index.ts';
import type { Command } from './command.ts';
import { type CliIo, exitStatus } from './io.ts';
import { sentence } from './sentence.ts';
import { type Forward, readTunnelArguments, type TunnelArguments } from './tunnel-options.ts';

/** One connection is one run: its host key is given or taken for as long as the command lives. */
const runId = 'command';

/** `gearway tunnel`: forwards until it is asked to end; one line at each change. */
export const run: Command = async ({ words: args }, io) => {
  const options = readTunnelArguments(args);
  if (!options.ok) {
    io.note(`gearway tunnel: ${options.error}`);
    return exitStatus.wrongUsage;
  }
  const { forwards, target, passwordVariable, identity } = options.value;
  const password = passwordVariable === undefined ? undefined : process.env[passwordVariable];
  if (passwordVariable !== undefined && password === undefined) {
    io.note(`gearway tunnel: the variable ${passwordVariable} is not set.`);
    return exitStatus.wrongUsage;
  }
  const keys: SigningKey[] = [];
  try {
    if (identity !== undefined) {
      const passphrase = password === undefined ? undefined : new Secret(password);
      const key = readKey(new Secret(await readFile(identity, 'utf8')), passphrase);
      if (!key.ok) {
        // Nothing can be typed here: the sentence of the window would lead nowhere.
        const why =
          key.error.code === 'ssh_passphrase_needed'
            ? 'the key has a passphrase: name the variable that holds it, by --password-env'
            : sentence(key.error);
        io.note(`gearway tunnel: ${why}`);
        return exitStatus.failed;
      }
      keys.push(key.value);
    }
  } catch {
    io.note(`gearway tunnel: the key ${identity} cannot be read.`);
    return exitStatus.failed;
  }
  const ssh = createSsh({
    endpoint: async () =>
      ok({
        ...target,
        runId,
        keys,
        password: password === undefined ? undefined : new Secret(password),
      }),
    hostKeys: pins(options.value, io),
    clock: systemClock,
    random: Math.random,
    log: silentLog,
  });
  const show = reporter(options.value, io);
  const tunnels = createTunnels({
    ssh,
    clock: systemClock,
    random: Math.random,
    onChange: (id) => show(id, tunnels.get(id)),
  });
  try {
    for (const [index, forward] of forwards.entries()) {
      const opened = await tunnels.open(String(index), { key: 'command', ...forward });
      if (opened.ok) continue;
      io.fail(opened.error.code, sentence(opened.error));
      return exitStatus.failed;
    }
    const failed = failure();
    show.onFinal(failed.report);
    const reason = await Promise.race([io.untilStopped(), failed.happened]);
    if (reason === undefined) return exitStatus.done;
    io.fail(reason.code, sentence(reason));
    return exitStatus.failed;
  } finally {
    await tunnels.stop();
    await ssh.stop();
  }
};

function failure() {
  let report: (reason: AppError) => void = () => {};
  const happened = new Promise<AppError>((resolve) => {
    report = resolve;
  });
  return { happened, report };
}

/** Writes a line when a tunnel's state is another one, and remembers a failure that is final. */
function reporter(options: TunnelArguments, io: CliIo) {
  const last = new Map<string, string>();
  let final: AppError | undefined;
  let tell: ((reason: AppError) => void) | undefined;
  const show = (id: string, tunnel: Tunnel | undefined) => {
    const forward = options.forwards[Number(id)];
    if (forward === undefined) return;
    const line = lineOf(forward, tunnel);
    const { since: _since, ...same } = line;
    const key = JSON.stringify(same);
    if (last.get(id) === key) return;
    last.set(id, key);
    if (options.json) io.out(JSON.stringify(line));
    else io.note(`${line.local} → ${line.target}  ${line.state}${whyOf(tunnel)}`);
    if (tunnel?.state.kind === 'failed') {
      final = tunnel.state.error;
      tell?.(final);
    }
  };
  show.onFinal = (listener: (reason: AppError) => void) => {
    tell = listener;
    if (final !== undefined) listener(final);
  };
  return show;
}

/** Why it does not stand and tries again. What ended it for good is said once, for all tunnels, at the end. */
const whyOf = (tunnel: Tunnel | undefined): string =>
  tunnel !== undefined && 'error' in tunnel.state && tunnel.state.kind !== 'failed'
    ? `: ${sentence(tunnel.state.error)}`
    : '';

function lineOf(forward: Forward, tunnel: Tunnel | undefined) {
  const state: TunnelState = tunnel?.state ?? { kind: 'closed' };
  const host = forward.bind.includes(':') ? `[${forward.bind}]` : forward.bind;
  const far = forward.targetHost.includes(':') ? `[${forward.targetHost}]` : forward.targetHost;
  return {
    event: 'tunnel',
    local: `${host}:${tunnel?.local?.port ?? forward.localPort}`,
    target: `${far}:${forward.targetPort}`,
    ...wordOf(state),
  };
}

/** The states that scripts know; what they do not know is told by the reason. */
function wordOf(state: TunnelState): { state: string; since?: number; reason?: string } {
  switch (state.kind) {
    case 'closed':
      return { state: 'closed' };
    case 'connecting':
    case 'verifying':
      return { state: 'connecting', since: state.since };
    case 'connected':
      return { state: 'connected', since: state.since };
    case 'unanswered':
      return { state: 'reconnecting', since: state.since, reason: state.error.code };
    case 'reconnecting':
      return { state: 'reconnecting', reason: state.error.code };
    case 'failed':
      return { state: 'failed', reason: state.error.code };
    default:
      return assertNever(state, 'tunnel state');
  }
}

/** The key that was given, or the first that comes. */
function pins({ hostKey }: TunnelArguments, io: CliIo) {
  let pinned: HostKeyPin | undefined =
    hostKey === undefined ? undefined : { runId, fingerprint: hostKey, algorithm: '', acceptedAt: 0 };
  return {
    pin: () => pinned,
    remember(pin: HostKeyPin) {
      pinned = pin;
      io.note(`Host key ${pin.fingerprint} (${pin.algorithm}) accepted.`);
    },
  };
}
