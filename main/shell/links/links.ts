import type { WindowCommand } from '../../../shared/contract/commands.ts';
import type { Service } from '../../../shared/model/service.ts';
import { fill, type Language, words } from '../../../shared/words/index.ts';
import { type Link, parseLink } from './parse-link.ts';

/** A question with one way to agree. */
export interface Question {
  readonly title: string;
  readonly detail: string;
  readonly agree: string;
  readonly refuse: string;
}

/** Links that the system hands over, one after the other. */
interface Links {
  /** Asks the person, then does what the link says. A text that is no link of ours is told and dropped. */
  follow(text: string): Promise<void>;
}

export function createLinks(options: {
  readonly language: () => Language;
  /** Asks in a dialog of the system, which no page can imitate or press. */
  readonly ask: (question: Question) => Promise<boolean>;
  readonly say: (text: string) => Promise<void>;
  /** The service of this name, as soon as it is known. */
  readonly find: (name: string) => Promise<Service | undefined>;
  readonly openService: (serviceId: string) => Promise<void>;
  readonly command: (command: WindowCommand) => void;
}): Links {
  /** One question at a time: a page that fires a hundred links gets one dialog, the others are dropped. */
  let asking = false;

  async function open(service: string, desktop: (typeof words)['en']['desktop']) {
    const { links } = desktop;
    const found = await options.find(service);
    if (found === undefined) return options.say(filled(links.noService, { name: service }));
    const agreed = await options.ask({
      title: filled(links.openTitle, { name: service }),
      detail: links.openText,
      agree: links.open,
      refuse: links.refuse,
    });
    if (agreed) await options.openService(found.id);
  }

  async function connect(link: Extract<Link, { kind: 'connect' }>, desktop: (typeof words)['en']['desktop']) {
    const { links } = desktop;
    const { host, port, user } = link.connection;
    const agreed = await options.ask({
      title: filled(links.connectTitle, { host }),
      detail: filled(links.connectText, { address: `${user}@${host}:${port}` }),
      agree: links.connect,
      refuse: links.refuse,
    });
    if (agreed) options.command({ kind: 'addConnection', connection: link.connection });
  }

  return {
    async follow(text) {
      if (asking) return;
      asking = true;
      try {
        const { desktop } = words[options.language()];
        const link = parseLink(text);
        if (link === undefined) await options.say(desktop.links.unreadable);
        else if (link.kind === 'open') await open(link.service, desktop);
        else await connect(link, desktop);
      } finally {
        asking = false;
      }
    },
  };
}

/** Our own sentences name only values that are given here. */
const filled = (sentence: string, values: Readonly<Record<string, string>>): string =>
  fill(sentence, values) ?? sentence;
