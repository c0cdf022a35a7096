import type { Comparison, RouteMeasure } from '../../shared/model/comparison.ts';
import type { Result } from '../../shared/result.ts';
import { findService } from './find-service.ts';
import { exitStatus } from './io.ts';
import { sentence } from './sentence.ts';
import type { Command } from './usage.ts';
import { withEngine } from './with-engine.ts';

const findMs = 15_000;

/** `gearway compare NAME`: both routes side by side. */
export const run: Command = (args, io) =>
  withEngine(args, io, async (command, { names: [name], json }) => {
    if (name === undefined) {
      io.note('gearway: compare what? Give the name of a service, as `gearway ls` shows it.');
      return exitStatus.wrongUsage;
    }
    await command.until((state) => findService(state, name) !== undefined, findMs);
    const service = findService(command.state(), name);
    if (service === undefined) {
      io.note(`gearway: no service is called ${name}.`);
      return exitStatus.failed;
    }
    const answer = (await command.ask('services.compare', { serviceId: service.id })) as Result<Comparison>;
    if (!answer.ok) {
      io.note(`gearway: ${sentence(answer.error)}`);
      return exitStatus.failed;
    }
    if (json) io.out(JSON.stringify({ event: 'comparison', name: service.name, ...answer.value }));
    else {
      io.out(`public  ${measureLine(answer.value.public)}`);
      io.out(`tunnel  ${measureLine(answer.value.tunnel)}`);
    }
    return exitStatus.done;
  });

function measureLine(measure: RouteMeasure): string {
  if (measure.kind !== 'reached') return sentence(measure.error);
  const ms = (value: number) => `${value.toFixed(1)} ms`;
  return `connect ${ms(measure.connectMs)}  first byte ${ms(measure.firstByteMs)}  total ${ms(measure.totalMs)}`;
}
