import { connect, type Socket } from 'node:net';
import { pipeline } from 'node:stream/promises';
import type { SshEndpoint } from '../../../shared/model/ssh-aliases.ts';
import type { Result } from '../../../shared/result.ts';
import { exitStatus } from '../io.ts';
import { sentence } from '../sentence.ts';
import { type VerbTools, verb } from '../verb.ts';

/** How long a container that was started may take until it can be reached, in ms. */
const startMs = 600_000;
const dialMs = 20_000;

/** What `ssh` runs for a name: its standard input and output are the bytes; what is said goes to standard error. */
export const sshProxy = verb(async (tools) => {
  const { engine, io, options } = tools;
  if (!engine.isAttached) {
    io.fail('gearway_not_running', 'start Gearway first, by its window or by gearway up.');
    return exitStatus.failed;
  }
  const mayStart = options.start === true || process.env.GEARWAY_SSH_START === '1';
  const place = await whereItIs(tools, mayStart);
  if (!place.ok) {
    const hint =
      place.error.code === 'container_not_running' ? ' Or: GEARWAY_SSH_START=1 ssh starts it.' : '';
    io.fail(place.error.code, sentence(place.error) + hint);
    return exitStatus.failed;
  }
  const socket = await dial(place.value);
  if (socket === undefined) {
    io.fail('ssh_unreachable', `${place.value.host}:${place.value.port} does not answer.`);
    return exitStatus.failed;
  }
  // Each side may end first: ssh reads on after its own end.
  await Promise.allSettled([pipeline(process.stdin, socket), pipeline(socket, process.stdout)]);
  return exitStatus.done;
});

async function whereItIs({ engine, io, word }: VerbTools, mayStart: boolean): Promise<Result<SshEndpoint>> {
  const ask = () => engine.ask('sshAliases.endpoint', { alias: word(0) });
  const first = await ask();
  if (first.ok || first.error.code !== 'container_not_running' || !mayStart) return first;
  const containerId = String(first.error.params?.containerId ?? '');
  io.note(`gearway: ${word(0)} is being started.`);
  const started = await engine.ask('containers.start', { containerId });
  if (!started.ok) return started;
  await engine.until(({ containers }) => {
    const container = containers[containerId];
    return container?.status.kind === 'running' && container.ssh !== undefined;
  }, startMs);
  return ask();
}

const dial = ({ host, port }: SshEndpoint): Promise<Socket | undefined> =>
  new Promise((resolve) => {
    const socket = connect({ host, port, noDelay: true });
    const settle = (answered: boolean) => {
      socket.setTimeout(0);
      if (!answered) socket.destroy();
      resolve(answered ? socket : undefined);
    };
    socket.setTimeout(dialMs, () => settle(false));
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
  });
