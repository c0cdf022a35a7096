import { useCallback } from 'react';
import type { EngineState } from '../../../shared/contract/state.ts';
import type { Service } from '../../../shared/model/service.ts';
import { useClient, useMirror } from '../../store/context.ts';
import type { Mirror } from '../../store/mirror.ts';
import { useWords } from '../../words/use-words.ts';
import { say } from '../toasts/index.ts';

/** How long a port of its own may take to open, in ms. */
const openMs = 5_000;

/**
 * The local address as a program of this computer can use it, made when it is handed on: the system's resolver is
 * asked, and where it does not know the name, 127.0.0.1 with a port of the service's own takes its place, and that
 * is said.
 */
export function useProgramAddress(service: Service): () => Promise<string> {
  const client = useClient();
  const mirror = useMirror();
  const words = useWords();
  const { id: serviceId, local } = service;
  const url = local?.url;
  return useCallback(async () => {
    if (url === undefined) return '';
    const { hostname } = new URL(url);
    const answer = await client.ask('proxy.resolves', { host: hostname });
    if (!answer.ok || answer.value.resolves) return url;
    const own = (engine: EngineState | undefined) => engine?.services[serviceId]?.local?.details?.ownPort;
    const before = own(mirror.getState().engine);
    if (before?.kind !== 'listening') {
      const opened = await client.ask('services.setOwnPort', { serviceId, port: '' });
      if (!opened.ok) return url;
    }
    const made = await until(mirror, (engine) => own(engine));
    if (made?.kind !== 'listening') return url;
    say(words.say(words.texts.service.ownAddress, { host: hostname, address: new URL(made.url).host }));
    return made.url;
  }, [client, mirror, words, serviceId, url]);
}

type OwnPort = NonNullable<NonNullable<Service['local']>['details']>['ownPort'];

/** The port as soon as it listens or cannot; what is known by then where neither comes. */
function until(mirror: Mirror, read: (engine: EngineState | undefined) => OwnPort): Promise<OwnPort> {
  return new Promise((resolve) => {
    const look = () => {
      const port = read(mirror.getState().engine);
      if (port === undefined) return;
      done(port);
    };
    const done = (port: OwnPort) => {
      stop();
      window.clearTimeout(timer);
      resolve(port);
    };
    const stop = mirror.subscribe(look);
    const timer = window.setTimeout(() => done(undefined), openMs);
    look();
  });
}
