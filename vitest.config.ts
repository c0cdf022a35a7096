import { defineConfig } from 'vitest/config';

/** Continuous integration shares its two cores: what fails there once is tried once more before it counts, and is shown. */
const retry = process.env.CI === undefined ? 0 : 1;

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{shared,main,preload,renderer,scripts,docs}/**/*.test.{ts,tsx}'],
          exclude: ['**/*.integration.test.ts'],
          // A deadline for what hangs, not a measure of speed.
          testTimeout: 30_000,
          retry,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['main/**/*.integration.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          retry,
        },
      },
    ],
  },
});
