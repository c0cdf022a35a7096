import { assertNever } from '../../shared/assert-never.ts';
import type { Tunnel, TunnelState } from '../../shared/model/service.ts';
import type { AppError } from '../../shared/result.ts';
import { silentLog, systemClock } from '../engine/base/effects.ts';
import { Secret } from '../engine/base/secret.ts';
import { createSsh, createTunnels, readKey } from '../engine/ssh/index.ts';
import { createSurvival } from '../engine/survive/index.ts';
import type { Command } from './command.ts';
import { type CliIo, exitStatus } from './io.ts';
import { sentence } from './sentence.ts';
import { createPins, endpointOf, keyOf, placeOf, readText } from './tunnel-login.ts';
import { type Forward, localForwards, readTunnelArguments, type TunnelArguments } from './tunnel-options.ts';

/** `gearway tunnel`: forwards until it is asked to end; one line at each change. */
export const run: Command = async ({ words: args }, io) => {
  const read = readTunnelArguments(args);
  if (!read.ok) {
    io.note(`gearway tunnel: ${read.error}`);
    return exitStatus.wrongUsage;
  }
  const options = read.value;
  const { passwordVariable, hostKey } = options;
  const password = passwordVariable === undefined ? undefined : process.env[passwordVariable];
  if (passwordVariable !== undefined && password === undefined) {
    io.note(`gearway tunnel: the variable ${passwordVariable} is not set.`);
    return exitStatus.wrongUsage;
  }
  const fails = (error: AppError, words = sentence(error)): number => {
    io.fail(error.code, words);
    return exitStatus.failed;
  };
  const wrong = await unusable(options.identity, password);
  if (wrong !== undefined) return fails(...wrong);
  const found = await placeOf(options);
  if (!found.ok) return fails(found.error);
  const place = found.value;
  const forwards = localForwards(place.forwards);
  if (forwards.length === 0) {
    io.note('gearway tunnel: nothing to forward: add -L LPORT:HOST:PORT');
    return exitStatus.wrongUsage;
  }
  for (const { text } of place.notTaken) io.note(`gearway tunnel: not carried out: ${text}`);
  for (const { direction, port } of place.forwards)
    if (direction !== 'local') io.note(`gearway tunnel: not carried out: ${direction} forward ${port}`);
  const pins = createPins(options, place, io.note);
  const ssh = createSsh({
    async endpoint(key) {
      const endpoint = await endpointOf(key, place, { password, hostKey });
      return endpoint.ok && options.acceptsNew
        ? { ok: true, value: { ...endpoint.value, askHostKey: false } }
        : endpoint;
    },
    hostKeys: pins,
    clock: systemClock,
    random: Math.random,
    log: io.log ?? silentLog,
  });
  const show = reporter(options, forwards, io);
  const survival = options.survive ? createSurvival({ ssh, clock: systemClock }) : undefined;
  const tunnels = createTunnels({
    ssh,
    survival: survival === undefined ? undefined : () => survival,
    clock: systemClock,
    random: Math.random,
    onChange: (id) => show(id, tunnels.get(id)),
  });
  let stopTimer = () => {};
  try {
    for (const [index, forward] of forwards.entries()) {
      const opened = await tunnels.open(String(index), { key: keyOf(place), ...forward });
      if (!opened.ok) return fails(opened.error);
    }
    const failed = failure();
    show.onFinal(failed.report);
    if (options.timeoutMs !== undefined)
      stopTimer = systemClock.after(options.timeoutMs, () => {
        const isUp = ({ state }: Tunnel) => state.kind === 'connected' || state.kind === 'unanswered';
        const late = forwards.some((_, index) => {
          const tunnel = tunnels.get(String(index));
          return tunnel === undefined || !isUp(tunnel);
        });
        if (late) failed.report({ code: 'ssh_timeout', params: { host: place.host, port: place.port } });
      });
    const reason = await Promise.race([io.untilStopped(), failed.happened]);
    return reason === undefined ? exitStatus.done : fails(reason);
  } finally {
    stopTimer();
    await tunnels.stop();
    await ssh.stop();
  }
};

/** What is wrong with the key that was named; nothing can be typed here, so that is said before anything begins. */
async function unusable(
  identity: string | undefined,
  password: string | undefined,
): Promise<[AppError, string?] | undefined> {
  if (identity === undefined) return undefined;
  const text = await readText(identity);
  if (text === undefined)
    return [{ code: 'key_file_missing', params: { file: identity } }, `the key ${identity} cannot be read.`];
  const key = readKey(new Secret(text), password === undefined ? undefined : new Secret(password));
  if (key.ok) return undefined;
  return key.error.code === 'ssh_passphrase_needed'
    ? [key.error, 'the key has a passphrase: name the variable that holds it, by --password-env']
    : [key.error];
}

function failure() {
  let report: (reason: AppError) => void = () => {};
  const happened = new Promise<AppError>((resolve) => {
    report = resolve;
  });
  return { happened, report };
}

/** Writes a line when a tunnel's state is another one, and remembers a failure that is final. */
function reporter(options: TunnelArguments, forwards: readonly Forward[], io: CliIo) {
  const last = new Map<string, string>();
  let final: AppError | undefined;
  let tell: ((reason: AppError) => void) | undefined;
  const show = (id: string, tunnel: Tunnel | undefined) => {
    const forward = forwards[Number(id)];
    // Before it listens there is nothing to say of it.
    const isSilent = tunnel === undefined ? !last.has(id) : tunnel.local === undefined;
    if (forward === undefined || isSilent) return;
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
    target: forward.targetPort === 0 ? far : `${far}:${forward.targetPort}`,
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
