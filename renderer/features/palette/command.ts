import type { RequestInput, RequestName } from '../../../shared/contract/requests.ts';
import type { NewThing } from '../../store/dialogs.ts';
import type { Place } from '../../store/place.ts';

/** Something that is asked for by one request. */
export type Order = {
  readonly [N in RequestName]: {
    readonly kind: 'ask';
    readonly name: N;
    readonly input: RequestInput<N>;
  };
}[RequestName];

/** What choosing a command does: goes somewhere, shows a dialog, or asks for something. */
type Deed =
  | { readonly kind: 'go'; readonly place: Place }
  | {
      readonly kind: 'show';
      readonly dialog: 'export' | 'import' | 'diagnostics' | NewThing;
      readonly about?: string;
    }
  | Order
  /** What costs money or ends work is asked about first. */
  | { readonly kind: 'confirm'; readonly question: Question };

export interface Question {
  readonly title: string;
  readonly text: string;
  readonly action: string;
  readonly danger?: boolean;
  readonly order: Order;
}

export interface Command {
  readonly id: string;
  readonly text: string;
  /** Said beside it: whose it is, or its keys. */
  readonly note?: string;
  /** What a removal takes away, as it is called when that is said. */
  readonly subject?: string;
  readonly deed: Deed;
}

export interface CommandGroup {
  readonly title: string;
  readonly commands: readonly Command[];
}
