/** A word of ExecStart (systemd.service(5), "Command lines"): quoted, without specifiers and variables. */
const word = (text: string): string =>
  `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('%', '%%').replaceAll('$', '$$$$')}"`;

/** The systemd user unit that runs Gearway in the background from each login on. Pure. */
export const unitText = (program: readonly string[]): string =>
  `[Unit]
Description=Gearway in the background
After=network-online.target

[Service]
ExecStart=${program.map(word).join(' ')}
Restart=on-failure
RestartSec=100ms
# Sealed secrets are opened with a passphrase that systemd-creds(1) keeps, where there is one.
LoadCredentialEncrypted=gearway-passphrase
KillSignal=SIGTERM
TimeoutStopSec=10

[Install]
WantedBy=default.target
`;
