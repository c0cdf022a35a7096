import { type Language, words } from '../../../shared/words/index.ts';
import { wordsIn } from '../../words/use-words.ts';
import { untilDate } from '../lanes/index.ts';

/** What opens a service to somebody, as it can be sent. */
export interface Sending {
  readonly name: string;
  readonly address: string;
  readonly kind: 'link' | 'key' | 'password';
  /** Absent for a password. */
  readonly secret?: string;
  readonly until: number | null;
}

/** A link opens by what stands behind `#`: it goes to no server and no log, and a preview in a chat uses nothing up. */
export const linkOf = ({ kind, address, secret }: Sending): string =>
  kind === 'link' && secret !== undefined ? `${address}/.gearway/open#${secret}` : address;

/** The text to send, in a language that need not be the window's. Pure. */
export function messageIn(language: Language, sending: Sending): string {
  const texts = words[language].share;
  const { name, kind, secret = '', until } = sending;
  const text =
    kind === 'key' ? texts.messageKey : kind === 'password' ? texts.messagePassword : texts.messageLink;
  return wordsIn(language).say(text, {
    ...{ name, link: linkOf(sending), key: secret },
    until: until === null ? texts.noEnd : untilDate(until, language),
  });
}
