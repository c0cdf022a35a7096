import { defineConfig } from 'vitest/config';

/**
 * Bash that is given a socket to read and no shell above it takes itself for one of `rshd` and reads the account's rc files:
 * whatever this machine has there (a `pyenv` that waits for a lock, say) is none of a test's.
 */
process.env.SHLVL = '2';

/** Continuous integration shares its two cores: what fails there once is tried once more before it counts, and is shown. */
const retry = process.env.CI === undefined ? 0 : 1;

/** These measure, or have seconds to be back in: nothing runs beside them. */
const alone = [
  'main/engine/comparison/measure-routes.integration.test.ts',
  'main/engine/ssh/{faults,silence}.integration.test.ts',
];

/** Real servers need their time. */
const patience = { testTimeout: 60_000, hookTimeout: 60_000, retry };

export default defineConfig({
  test: {
    projects: [
      {
        oxc: { jsx: { runtime: 'automatic', importSource: '#jsx' } },
        test: {
          name: 'unit',
          include: ['{shared,main,preload,renderer,scripts,docs}/**/*.test.{ts,tsx}'],
          exclude: ['**/*.{integration,outside,real}.test.ts'],
          // A deadline for what hangs, not a measure of speed.
          testTimeout: 30_000,
          retry,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['main/**/*.integration.test.ts'],
          exclude: alone,
          // They wait for servers more than they work: two at a time keep two cores busy.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          ...patience,
        },
      },
      ...['outside', 'real'].map((name) => ({
        test: {
          name,
          include: [`main/**/*.${name}.test.ts`],
          fileParallelism: false,
          testTimeout: 600_000,
          hookTimeout: 600_000,
        },
      })),
      {
        test: {
          name: 'integration-alone',
          include: alone,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
          ...patience,
        },
      },
    ],
  },
});
