// @ts-check
// Which folder may import which. Files are looked after by the linter (no circles of imports, types included).

/**
 * @typedef {object} Layers folders of `inside`, the lowest first: each imports from those below it only
 * @property {'layers'} kind
 * @property {string} inside
 * @property {readonly (readonly string[])[]} layers '.' are the files that stand in `inside` itself
 */

/**
 * @typedef {object} Pairs the folders of `inside` that import from others of it, and which
 * @property {'pairs'} kind
 * @property {string} inside
 * @property {readonly string[]} common small ones that all may import
 * @property {readonly string[]} above those that put the others together: they may import all, and none imports them
 * @property {Readonly<Record<string, readonly string[]>>} allowed none that is not used: the list can only shrink
 */

/**
 * @typedef {object} Entries the folders of `inside` are entered by their index.ts
 * @property {'entries'} kind
 * @property {string} inside
 */

/**
 * @typedef {object} Without what is loaded with the files of `inside` brings none of these along
 * @property {'without'} kind
 * @property {string} inside
 * @property {readonly string[]} packages
 */

/** @typedef {Layers | Pairs | Entries | Without} Rule */

/** @type {readonly Rule[]} */
export const rules = [
  {
    kind: 'layers',
    inside: 'shared',
    layers: [
      ['.'],
      ['quoting'],
      ['model'],
      ['contract', 'open-in', 'platform-rules', 'probe', 'recognition', 'routing', 'words'],
      ['launch', 'verdicts'],
      ['comparison', 'gate'],
      ['llm'],
    ],
  },
  {
    kind: 'layers',
    inside: 'renderer',
    layers: [['jsx', 'store', 'styles'], ['words'], ['components'], ['features'], ['.', 'testing']],
  },
  { kind: 'entries', inside: 'renderer/features' },
  // They would bring their library along: the window takes types of them and nothing else.
  { kind: 'without', inside: 'renderer', packages: ['zod'] },
  // A capability of the engine knows the few below it; only the wiring knows them all.
  {
    kind: 'pairs',
    inside: 'main/engine',
    common: ['base'],
    above: ['wiring'],
    allowed: {
      '.': ['agents', 'control', 'wiring'],
      account: ['platform', 'ssh'],
      audit: ['health', 'services'],
      comparison: ['containers', 'health', 'services', 'ssh'],
      connections: ['ssh', 'ssh-config'],
      'ssh-aliases': ['ssh-config'],
      containers: ['account', 'platform', 'ssh'],
      launcher: ['containers', 'listening', 'ssh'],
      listening: ['containers'],
      llm: ['local-addresses', 'proxy', 'services', 'ssh'],
      'local-addresses': ['proxy', 'services'],
      mappings: ['account', 'containers'],
      recognise: ['health'],
      services: ['containers', 'health', 'proxy', 'ssh'],
      survive: ['ssh'],
    },
  },
  {
    kind: 'pairs',
    inside: 'renderer/features',
    common: ['lanes', 'mapping-drafts', 'open-in', 'places', 'program-address', 'service-key', 'toasts'],
    above: ['frame'],
    allowed: {
      compare: ['exposure', 'services'],
      container: ['containers', 'exposure', 'launch', 'services'],
      'first-run': ['accounts'],
      'launch-log': ['launch'],
      models: ['exposure'],
      palette: ['connections'],
      service: [
        'availability',
        'compare',
        'containers',
        'exposure',
        'inspector',
        'launch',
        'launch-log',
        'models',
        'services',
      ],
      'program-address': ['toasts'],
      'service-key': ['toasts'],
      services: ['containers', 'exposure', 'offers', 'share'],
    },
  },
];
