import { assertNever } from '../../../shared/assert-never.ts';
import { ActivityPage } from '../activity/index.ts';
import { ConnectionsPage } from '../connections/index.ts';
import { SettingsPage } from '../settings/index.ts';

type OutsideKind = 'settings' | 'activity' | 'connections';

/** The places that need no account. */
export function OutsidePage({ kind }: { readonly kind: OutsideKind }) {
  switch (kind) {
    case 'settings':
      return <SettingsPage under />;
    case 'activity':
      return <ActivityPage under />;
    case 'connections':
      return <ConnectionsPage under />;
    default:
      return assertNever(kind, 'outside place');
  }
}
