import type { Facts, Step, TunnelState } from '../../../shared/model/service.ts';
import type { Transport } from '../ssh/index.ts';

/**
 * A probe through a tunnel sees only the listener on this computer; the tunnel knows of the link and the channel behind
 * it. A client that it cannot serve is reset: why, the tunnel knows too. Pure.
 */
export function withTunnelSteps(
  facts: Facts,
  tunnel: { readonly state?: TunnelState; readonly transport?: Transport },
): Facts {
  const { state, transport } = tunnel;
  const refused = state?.kind === 'unanswered' ? state.error : undefined;
  const link: Step[] = transport === undefined ? [] : [{ name: 'ssh', kind: 'ok', ms: transport.linkMs }];
  const channel: Step[] =
    transport?.channelMs === undefined || refused !== undefined
      ? []
      : [{ name: 'channel', kind: 'ok', ms: transport.channelMs }];
  return {
    ...facts,
    steps: facts.steps.flatMap((step): readonly Step[] => {
      if (step.kind === 'failed' && refused !== undefined)
        return [...(step.name === 'tcp' ? link : []), { ...step, name: 'channel', error: refused }];
      return step.name === 'tcp' && step.kind === 'ok' ? [step, ...link, ...channel] : [step];
    }),
  };
}
