import { join } from 'node:path';
import { type Audit, auditFileSchema, createAudit } from '../audit/index.ts';
import { createKeptFile } from '../base/kept-file.ts';
import {
  type AvailabilityLog,
  availabilityFileSchema,
  createAvailability,
  createHealth,
  createHostBudget,
  type Health,
  isAnswer,
  probePublic,
  probeTunnel,
} from '../health/index.ts';
import { createKinds, type Kinds } from '../recognise/index.ts';
import { withTunnelSteps } from '../services/index.ts';
import type { Tunnels } from '../ssh/index.ts';
import type { Ground } from './ground.ts';

export interface Watching {
  readonly health: Health;
  readonly availability: AvailabilityLog;
  readonly audit: Audit;
  readonly kinds: Kinds;
}

/** What is asked of services from outside: whether they answer, what they are, and whom they answer. */
export function createWatching(
  { options, published, dirty, dirtyLater }: Ground,
  use: {
    readonly tunnels: Tunnels;
    isAway(): boolean;
    /** A service that answered does not any more. */
    onTrouble(): void;
  },
): Watching {
  const { clock, random, log } = options;
  const budget = createHostBudget({ clock });
  const audit = createAudit({
    clock,
    budget,
    file: createKeptFile({
      path: join(options.folder, 'audits.json'),
      parse: (value) => auditFileSchema.parse(value),
      log,
    }),
    onState: (state) => published.set('audit', state),
    onReports(reports) {
      published.replace('audits', reports);
      dirty();
    },
  });
  const availability = createAvailability({
    clock,
    file: createKeptFile({
      path: join(options.folder, 'availability.json'),
      parse: (value) => availabilityFileSchema.parse(value),
      log,
    }),
    publish: (all) => published.replace('availability', all),
  });
  const health: Health = createHealth({
    clock,
    random,
    budget,
    isOffline: () => use.isAway(),
    onChange(id, isNews) {
      if (!isNews) return dirtyLater();
      dirty();
      if (Object.values(health.get(id)).some(({ state }) => state === 'degraded')) use.onTrouble();
    },
    onFacts: (id, route, facts, holdsMs) => availability.note(id, route, isAnswer(facts), facts.at, holdsMs),
    probePublic,
    async probeTunnel(id, target, how) {
      const facts = await probeTunnel(target, how);
      return withTunnelSteps(facts, {
        state: use.tunnels.get(id)?.state,
        transport: use.tunnels.transport(id),
      });
    },
  });
  return { health, availability, audit, kinds: createKinds({ clock, budget, onChange: dirty }) };
}
