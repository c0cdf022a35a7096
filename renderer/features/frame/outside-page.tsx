import { ActivityPage } from '../activity/activity-page.tsx';
import { SettingsPage } from '../settings/settings-page.tsx';

/** The places that need no account. */
export const OutsidePage = ({ kind }: { readonly kind: 'settings' | 'activity' }) =>
  kind === 'settings' ? <SettingsPage under /> : <ActivityPage under />;
