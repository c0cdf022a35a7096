import { assertNever } from '../../shared/assert-never.ts';
import type { WindowCommand } from '../../shared/contract/commands.ts';
import type { OpenDialog } from './dialogs.ts';
import type { Place } from './place.ts';

/** What following a command needs of the window. */
interface Leading {
  /** The places that the window has now; a menu may name one that is still to come. */
  readonly places: readonly Place[];
  go(place: Place): void;
  show(dialog: OpenDialog): void;
  offerConnection(connection: Extract<WindowCommand, { kind: 'addConnection' }>['connection']): void;
}

/** Leads to where the person acts. A place that this window does not have leads nowhere. */
export function followCommand(command: WindowCommand, leading: Leading): void {
  switch (command.kind) {
    case 'go':
      leading.show('none');
      goTo(command.place);
      return;
    case 'service':
      leading.show('none');
      leading.go({ kind: 'service', id: command.serviceId });
      return;
    case 'palette':
    case 'export':
    case 'import':
      leading.show(command.kind);
      return;
    case 'addConnection':
      leading.offerConnection(command.connection);
      leading.show('new-connection');
      goTo('connections');
      return;
    default:
      assertNever(command, 'window command');
  }

  function goTo(name: string) {
    const place = leading.places.find(({ kind }) => kind === name);
    if (place !== undefined) leading.go(place);
  }
}
