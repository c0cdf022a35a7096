// @ts-check

/**
 * What Debian 12 and later bring for an Electron; later releases renamed some for 64-bit times.
 */
export const debianDepends = [
  ...[
    'libgtk-3-0 | libgtk-3-0t64',
    'libasound2 | libasound2t64',
    'libatk-bridge2.0-0 | libatk-bridge2.0-0t64',
  ],
  ...['libcups2 | libcups2t64', 'libnss3', 'libgbm1', 'libxss1', 'libxtst6', 'libnotify4', 'libdrm2'],
];

/**
 * The control file of the package (Debian Policy 5.3). Pure.
 * @param {{ readonly version: string, readonly architecture: string, readonly installedKiB: number, readonly description: string }} facts
 */
export function debianControl({ version, architecture, installedKiB, description }) {
  return [
    'Package: gearway',
    // A pre-release comes before its release: `-` would start a Debian revision, `~` sorts first.
    `Version: ${version.replaceAll('-', '~')}`,
    `Architecture: ${architecture}`,
    'Section: net',
    'Priority: optional',
    // A placeholder until the project has an address: RFC 2606 keeps `.invalid` from ever being one.
    'Maintainer: The Gearway authors <maintainers@gearway.invalid>',
    `Installed-Size: ${installedKiB}`,
    `Depends: ${debianDepends.join(', ')}`,
    'Recommends: xdg-utils',
    `Description: ${description.replace(/\.$/, '')}`,
    ' Gearway shows the services of GPU containers, configures their public addresses',
    ' and reaches the rest through tunnels. The gearway command comes along.',
    '',
  ].join('\n');
}
