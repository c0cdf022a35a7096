import type { Account } from './instance.ts';

/** For tests: who is signed in at the local platform. */
export const testAccount: Account = {
  id: 'a',
  user: 'demo',
  instance: {
    kind: 'local',
    name: 'Gearway',
    origin: 'http://127.0.0.1:1',
    edge: { scheme: 'http', domain: 'gear.localhost' },
  },
};
