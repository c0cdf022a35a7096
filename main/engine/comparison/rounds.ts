import { jitterOf, spreadOf } from '../../../shared/comparison/index.ts';
import type { MeasuredRoute, MissingReason, Spread } from '../../../shared/model/comparison-record.ts';
import { type Facts, type StepName, stepNames } from '../../../shared/model/service.ts';
import { failureOf } from '../../../shared/verdicts/index.ts';
import { missing } from './tried-route.ts';

const connectSteps: ReadonlySet<StepName> = new Set(['name', 'tcp', 'tls', 'ssh', 'channel']);

/** Sums up what the rounds brought; the rest of the route's picture is missing until it is measured. Pure. */
export function routeOfRounds(facts: readonly Facts[], why: MissingReason): MeasuredRoute {
  const good = facts.filter((one) => failureOf(one) === undefined);
  const lastBad = facts.findLast((one) => failureOf(one) !== undefined);
  const firstBytes = good.map(firstByteOf);
  return {
    attempts: facts.length,
    answered: good.length,
    lastError: lastBad === undefined ? undefined : failureOf(lastBad)?.code,
    steps: Object.fromEntries(
      stepNames.flatMap((name): readonly (readonly [StepName, Spread])[] => {
        const spread = spreadOf(good.flatMap((one) => msOf(one, name)));
        return spread === undefined ? [] : [[name, spread]];
      }),
    ),
    connectMs: spreadOf(good.map(connectOf)),
    waitMs: spreadOf(good.map((one) => firstByteOf(one) - connectOf(one))),
    firstByteMs: spreadOf(firstBytes),
    totalMs: spreadOf(good.map((one) => one.totalMs)),
    jitterMs: jitterOf(firstBytes),
    rounds: facts.map((one) => (failureOf(one) === undefined ? firstByteOf(one) : null)),
    down: missing(why),
    up: missing(why),
    socket: missing(why),
    stream: missing(why),
    long: missing(why),
    body: missing(why),
  };
}

const firstByteOf = (facts: Facts): number => facts.firstByteMs ?? facts.totalMs;
const msOf = (facts: Facts, name: StepName): readonly number[] =>
  facts.steps.flatMap((step) => (step.name === name && step.kind === 'ok' ? [step.ms] : []));
const connectOf = (facts: Facts): number =>
  facts.steps.reduce(
    (sum, step) => sum + (connectSteps.has(step.name) && step.kind === 'ok' ? step.ms : 0),
    0,
  );
