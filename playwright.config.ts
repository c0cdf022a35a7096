import { defineConfig } from '@playwright/test';

/** End-to-end tests start the real application, one after the other: windows compete for focus and for two cores. */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.e2e.ts',
  outputDir: 'test-results',
  workers: 1,
  // As in vitest.config.ts: tried once more, and shown as flaky.
  retries: process.env.CI === undefined ? 0 : 1,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: process.env.CI !== undefined,
});
