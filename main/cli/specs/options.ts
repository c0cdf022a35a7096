export const json = ['--json', 'one JSON object a line on standard output'] as const;

/** Of every command that works on services: they ask the Gearway that runs. */
export const engine = [
  json,
  ['--own', 'start an engine of its own, though Gearway runs'],
  ['--demo', 'the local platform, without an account, by an engine of its own'],
  [
    '--instance <name>',
    'openbayes, hyperai, or the address of another console; the token is in GEARWAY_TOKEN',
  ],
  ['--domain <domain>', 'of its public addresses, for another console'],
  ['--user-data-dir <dir>', 'of the Gearway that is asked'],
] as const;
