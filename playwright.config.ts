import { defineConfig } from '@playwright/test';

// As in vitest.config.ts: no shell reads the rc files of this machine.
process.env.SHLVL = '2';

/** End-to-end tests start the real application, and wait for it half of the time: two at a time keep two cores busy. */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.e2e.ts',
  outputDir: 'test-results',
  // Where they have a screen each: windows compete for focus.
  workers: process.env.GEARWAY_OTHER_DISPLAY === undefined ? 1 : 2,
  // As in vitest.config.ts: tried once more, and shown as flaky.
  retries: process.env.CI === undefined ? 0 : 1,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: process.env.CI !== undefined,
});
