import { readFileSync } from 'node:fs';
import ssh2 from 'ssh2';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createCleanup } from '../testing/index.ts';
import type { LocalPlatform } from './index.ts';
import type { RecordedOperation } from './testing/recorded-operations.ts';
import { startTestPlatform } from './testing/start-test-platform.ts';

/**
 * Operations that the vendor's command (openbayes-cli 0.28.5) sent in `npm run test:outside`, recorded there, replayed
 * here in their order without it: each is taken, and its answer has the form that the command was able to read.
 */
const cases: readonly RecordedOperation[] = JSON.parse(
  readFileSync(new URL('./testing/vendor-operations.json', import.meta.url), 'utf8'),
);

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const cleanup = createCleanup();
let platform: LocalPlatform;
/** Ids of the recording, and those of this run that stand for them. */
const ids = new Map<string, string>();
beforeAll(async () => {
  platform = await startTestPlatform(cleanup, { queueMs: 10 });
});
afterAll(() => cleanup.run());

it('holds every kind of operation that the command has', () => {
  const known = new Set(cases.map(({ operation }) => operation));
  const wanted =
    'me login user org party project job jobLogs createProject createSourceCodePolicy createJob stopJob restartWorkspace createJobOutputDownloadUrl keys createSSHKey createDataset createEmptyVersion createDatasetVersionUploadPolicy dataset normalClusterResources normalClusterRuntimes';
  expect(wanted.split(' ').filter((name) => !known.has(name) && name !== 'org')).toEqual([]);
});

it.each(cases.map((one) => [one.operation, one] as const))('takes %s as it was sent', async (_name, one) => {
  const response = await fetch(platform.gateway, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${platform.token}`,
      origin: platform.gateway,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ query: one.document, variables: live(one.variables) }),
  });
  const { data, errors } = (await response.json()) as { data: unknown; errors?: unknown };
  expect(errors).toBeUndefined();
  compare(one.answer, data, one.operation);
});

/** Recorded variables with the ids of this run. */
function live(value: unknown): unknown {
  if (typeof value === 'string') {
    if (value === '$token') return platform.token;
    if (value === '$password') return platform.password;
    if (value === '$key') return newKey();
    return [...ids].reduce((text, [from, to]) => text.replaceAll(from, to), value);
  }
  if (Array.isArray(value)) return value.map(live);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, live(one)]));
}

const newKey = (): string => ssh2.utils.generateKeyPairSync('ed25519').public;

/** The same fields with values of the same kinds; ids are noted, lists are compared by their first elements. */
function compare(then: unknown, now: unknown, where: string): void {
  if (then === null) return;
  expect(kindOf(now), where).toBe(kindOf(then));
  if (Array.isArray(then) && Array.isArray(now)) {
    if (then.length > 0 && now.length > 0) compare(then[0], now[0], `${where}[0]`);
    return;
  }
  if (typeof then !== 'object' || typeof now !== 'object' || now === null) return;
  expect(Object.keys(now).sort(), where).toEqual(Object.keys(then).sort());
  for (const [name, value] of Object.entries(then)) {
    const other = (now as Readonly<Record<string, unknown>>)[name];
    if (name === 'id' && typeof value === 'string' && typeof other === 'string') ids.set(value, other);
    compare(value, other, `${where}.${name}`);
  }
}

const kindOf = (value: unknown): string =>
  Array.isArray(value) ? 'list' : value === null ? 'null' : typeof value;
