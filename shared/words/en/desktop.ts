/** Words of the menus, the tray, notifications, dialogs and of the settings that belong to the desktop. */
export const desktop = {
  settings: {
    closeToTray: 'Keep running in the tray when the window is closed',
    launchAtLogin: 'Start with this computer',
    notifications: 'Notify me when a marked service stops answering',
    mark: 'Mark',
    unmark: 'Remove the mark',
    markHint: 'Marked services come first in the tray, and notifications are for them only.',
    reset: 'Reset',
    resetAll: 'Reset all settings',
  },
  notices: {
    damaged:
      '{{file}} could not be read. A copy was kept as {{backup}}; these have their defaults now: {{lost}}.',
    damagedNoCopy: '{{file}} could not be read. These have their defaults now: {{lost}}.',
    newer:
      '{{file}} was written by a later Gearway. It is left as it is: what you change now lasts until you quit.',
    files: { settings: 'Settings', memory: 'Memory', secrets: 'Secrets', window: 'Window' },
    dismiss: 'Understood',
  },
  transfer: {
    export: 'Export…',
    exportTitle: 'Export settings and services',
    exportText: 'Everything that Gearway remembers, in one file. Secrets are left out unless you seal them.',
    withSecrets: 'Include secrets, sealed with a passphrase',
    passphrase: 'Passphrase',
    passphraseHint: 'At least 8 characters. Nobody can recover it for you.',
    exported: 'Written to {{file}}.',
    import: 'Import…',
    importTitle: 'Import {{file}}?',
    importText:
      'Made on {{date}} by Gearway {{version}}. It replaces what is here; copies of the old files are kept.',
    importSettings: 'Settings that change: {{names}}',
    importAccount: 'Account {{user}} at {{host}}',
    importCounts: '{{services}} services, {{tunnels}} tunnels',
    importSealed: 'Its secrets are sealed. Without the passphrase you sign in again.',
    importNoSecrets: 'It holds no secrets: you sign in again.',
    importAction: 'Replace',
    imported: 'Imported. The engine was restarted with it.',
  },
  dialogs: { exportName: 'gearway-export', json: 'JSON', text: 'Text' },
};
