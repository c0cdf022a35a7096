import { machineOf, serviceTarget } from '../../../shared/open-in/index.ts';
import type { Words } from '../../words/use-words.ts';
import { type OpenInChoice, openInCommands } from '../open-in/index.ts';
import type { Command } from './command.ts';
import type { Known } from './known.ts';

/** Containers, connections and services in the programs of this computer. Pure. */
export function openCommands(
  { containers, connections, services, programs }: Known,
  { texts: { openIn }, say }: Words,
): readonly Command[] {
  const command =
    (name: string) =>
    ({ program, input }: OpenInChoice): Command => ({
      id: `open-in ${program.id} ${input.id}`,
      text: say(openIn.one, { name, program: program.name }),
      note: openIn.notes[program.kind],
      deed: { kind: 'ask', name: 'shell.openIn', input },
    });
  return [
    ...Object.values(containers).flatMap((container) =>
      openInCommands('container', container.id, machineOf(container), programs).map(command(container.name)),
    ),
    ...Object.values(connections).flatMap((connection) =>
      openInCommands('connection', connection.id, machineOf(connection), programs).map(
        command(connection.name),
      ),
    ),
    ...Object.values(services).flatMap((service) =>
      openInCommands('service', service.id, serviceTarget(service), programs).map(command(service.name)),
    ),
  ];
}
