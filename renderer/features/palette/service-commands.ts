import type { Container } from '../../../shared/model/container.ts';
import type { RouteChoice, Service } from '../../../shared/model/service.ts';
import type { Words } from '../../words/use-words.ts';
import type { Command, Order } from './command.ts';

const routeChoices: readonly RouteChoice[] = ['auto', 'public', 'tunnel'];

/** What can be done with one service now: what most people want, and the rest. Pure. */
export function serviceCommands(
  service: Service,
  container: Container | undefined,
  isMarked: boolean,
  { texts: { services: texts, palette, desktop, service: said, places, lane, localAddress }, colon }: Words,
): { readonly usual: readonly Command[]; readonly others: readonly Command[] } {
  const { id: serviceId, name } = service;
  const note = container?.name;
  const isRunning = container?.status.kind === 'running';
  const tunnel = service.tunnel.state;
  const isClosed = tunnel.kind === 'closed';
  const isWeb = service.protocol !== 'tcp';
  const ask = (what: string, text: string, order: Omit<Order, 'kind'>): Command => ({
    id: `${what} ${serviceId}`,
    text,
    note,
    subject: name,
    deed: { kind: 'ask', ...order } as Order,
  });
  const when = (holds: boolean, command: Command) => (holds ? [command] : []);
  const open = (which: 'best' | 'public' | 'tunnel', text: string) =>
    ask(`open ${which}`, which === 'best' ? `${text} ${name}` : `${text}${colon}${name}`, {
      name: 'shell.open',
      input: { serviceId, which },
    });
  const usual: readonly Command[] = [
    ...when(isRunning && isWeb, open('best', texts.open)),
    {
      id: `show ${serviceId}`,
      text: `${palette.show} ${name}`,
      note: note === undefined ? `:${service.port}` : `${note} :${service.port}`,
      deed: { kind: 'go', place: { kind: 'service', id: serviceId } },
    },
    ...when(
      isClosed && isRunning && container.ssh !== undefined,
      ask('tunnel', `${texts.openTunnel} ${name}`, { name: 'tunnels.open', input: { serviceId } }),
    ),
    ...when(
      !isClosed,
      ask('close', `${texts.closeTunnel} ${name}`, { name: 'tunnels.close', input: { serviceId } }),
    ),
  ];
  const others: readonly Command[] = [
    ...when(isRunning && service.exposure.kind === 'mapped', open('public', texts.openPublic)),
    ...when(isRunning && isWeb && !isClosed, open('tunnel', texts.openThroughTunnel)),
    ...when(
      isRunning,
      ask('check', `${texts.checkNow}${colon}${name}`, { name: 'services.check', input: { serviceId } }),
    ),
    ...when(
      isRunning,
      ask('compare', `${places.compare}${colon}${name}`, {
        name: 'comparison.start',
        input: { serviceIds: [serviceId] },
      }),
    ),
    ...when(
      tunnel.kind === 'failed' || tunnel.kind === 'reconnecting' || tunnel.kind === 'unanswered',
      ask('retry', `${lane.retryNow}${colon}${texts.tunnel} ${name}`, {
        name: 'tunnels.retry',
        input: { serviceId },
      }),
    ),
    ...when(
      service.local?.details?.hasCredential === true,
      ask('forget-key', `${localAddress.credentialForget}${colon}${name}`, {
        name: 'services.forgetCredential',
        input: { serviceId },
      }),
    ),
    ask('mark', `${isMarked ? desktop.settings.unmark : desktop.settings.mark}${colon}${name}`, {
      name: 'shell.mark',
      input: { serviceId, marked: !isMarked },
    }),
    ...routeChoices
      .filter((choice) => service.local !== undefined && service.local.choice !== choice)
      .map((choice) =>
        ask(`route ${choice}`, `${said.route}${colon}${name} · ${said[choice]}`, {
          name: 'services.setRoute',
          input: { serviceId, choice },
        }),
      ),
    ...when(
      service.byHand,
      ask('remove', `${texts.remove}${colon}${name}`, { name: 'services.remove', input: { serviceId } }),
    ),
  ];
  return { usual, others };
}
