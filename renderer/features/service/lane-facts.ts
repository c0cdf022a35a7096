import type { RouteHealth } from '../../../shared/model/service.ts';
import type { Words } from '../../words/use-words.ts';

/** A certificate that ends within this time is worth a second look, in days. */
const soonDays = 14;
const day = 86_400_000;

/**
 * What else is known of a lane: how long it has been like this, when it last answered, whose certificate it shows and
 * until when that is good. `now` in milliseconds since the epoch. Pure.
 */
export function laneFacts(health: RouteHealth, words: Words, now: number): readonly string[] {
  if (health.state === 'absent' || health.state === 'unknown') return [];
  const { history, live, detail } = words.texts.measure;
  const ago = (at: number) => ({ age: words.age(now - at) });
  const facts: string[] = [];
  if (health.since !== undefined) facts.push(words.say(history.lastChange, ago(health.since)));
  if (health.state === 'down')
    facts.push(
      health.lastUpAt === undefined ? history.never : words.say(history.lastUp, ago(health.lastUpAt)),
    );
  const { tls } = health.facts;
  if (tls !== undefined) {
    const days = Math.floor((tls.validTo - now) / day);
    const said = days < soonDays ? live.certificate_expires : live.certificate;
    const date = new Intl.DateTimeFormat(words.language, { dateStyle: 'medium' }).format(tls.validTo);
    facts.push(
      words.say(said, { issuer: tls.issuer, days: Math.max(0, days) }),
      words.say(detail.expires, { date }),
    );
    if (tls.fault !== undefined) facts.push(words.say(detail.untrusted, { fault: tls.fault }));
  }
  return facts;
}
