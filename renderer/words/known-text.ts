import type { TunnelState } from '../../shared/model/service.ts';
import type { Words } from './use-words.ts';

/** Which of both is known of a tunnel whose service was asked nothing: that it listens, that it took a client. */
export function knownText(
  { verifiedAt, acceptedAt, listensAt }: Extract<TunnelState, { kind: 'connected' }>,
  { texts: { lane } }: Pick<Words, 'texts'>,
  isSeen = false,
): string {
  if (verifiedAt !== undefined) return lane.connected;
  const listens = isSeen || listensAt !== undefined;
  if (acceptedAt === undefined) return listens ? lane.listens : lane.unasked;
  return listens ? lane.listensAndAccepts : lane.accepts;
}
