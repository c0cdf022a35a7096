import { connectTimed } from './connect.ts';
import { withDeadline } from './deadline.ts';
import { type Answer, getOnce } from './get-once.ts';
import { gateHeaders, type PublicTarget } from './probe-public.ts';
import { startStopwatch } from './stopwatch.ts';

/** Asks one path of a service, over a connection of its own; `undefined` when it did not answer within `ms`. */
export async function getPath(
  target: PublicTarget,
  path: string,
  signal: AbortSignal,
  ms: number,
): Promise<Answer | undefined> {
  const url = new URL(target.url);
  const tls = url.protocol === 'https:';
  const deadline = withDeadline(signal, ms);
  try {
    const to = { host: url.hostname, port: Number(url.port || (tls ? 443 : 80)), tls, ca: target.ca };
    const watch = startStopwatch(() => 0, 'tcp');
    const socket = await connectTimed(to, watch, deadline.signal);
    return await getOnce(socket, {
      host: url.host,
      path,
      headers: gateHeaders(target),
      signal: deadline.signal,
      onFirstByte: () => {},
    });
  } catch {
    return undefined;
  } finally {
    deadline.end();
  }
}
