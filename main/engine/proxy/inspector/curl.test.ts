import { describe, expect, it } from 'vitest';
import type { Exchange } from '../../../../shared/model/exchange.ts';
import { isShown } from '../../../../shared/shown-text.ts';
import { toCurl } from './curl.ts';

const hostile = "\u0003\n'; touch /tmp/gearway-pwned \u009b1m\u202e";
const exchange = {
  method: `POST${hostile}`,
  url: `http://web.localhost:7700/${hostile}`,
  requestHeaders: [['X-Name', hostile]],
  requestBody: { text: `{"model":"${hostile}"}`, encoding: 'utf8', truncated: false },
} as unknown as Exchange;

describe('a request as a curl command', () => {
  it('presses no key of the terminal that it is pasted into, whatever was in the request', () => {
    const command = toCurl(exchange);
    expect(isShown(command)).toBe(true);
    expect(command).not.toContain('\n');
    expect(command).toContain(`$'X-Name: \\003\\012\\047; touch`);
  });
});
