import type { Duplex } from 'node:stream';
import type { Clock } from '../base/effects.ts';

/** Services that speak first do so at once. */
const greetingMs = 300;
const answerMs = 3_000;

/**
 * A question that changes nothing and that most servers answer with something: HTTP with a page's head or an error,
 * Redis and its kind with an error. Without `Host`, so that Redis does not take it for an attack by a browser.
 */
const question = 'HEAD / HTTP/1.0\r\n\r\n';

/** Waits for a first byte over a fresh channel, which is destroyed afterwards. `silent`: accepted, but nothing was said. */
export function verify(channel: Duplex, clock: Clock): Promise<'answered' | 'silent'> {
  return new Promise((resolve) => {
    const settle = (outcome: 'answered' | 'silent') => {
      stopAsking();
      stopWaiting();
      channel.off('data', answered).off('end', silent).off('close', silent);
      channel.destroy();
      resolve(outcome);
    };
    const answered = () => settle('answered');
    const silent = () => settle('silent');
    const stopAsking = clock.after(greetingMs, () => {
      if (channel.writable) channel.write(question);
    });
    const stopWaiting = clock.after(greetingMs + answerMs, silent);
    channel.on('error', silent);
    channel.on('data', answered).on('end', silent).on('close', silent);
  });
}
