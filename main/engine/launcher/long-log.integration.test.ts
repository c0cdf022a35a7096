import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createCleanup, startSshServer, until } from '../../testing/index.ts';
import { saveLog } from './save-log.ts';
import { createLaunchLab, need, signal } from './testing/launching.ts';

const cleanup = createCleanup();
afterEach(() => cleanup.run());
const lab = createLaunchLab(cleanup);

describe('a log of a million lines', () => {
  it('is followed, searched and saved in parts', async () => {
    const folder = lab.newFolder();
    const server = cleanup.add(await startSshServer());
    const { launcher } = lab.engine(server, folder);
    const id = await lab.start(launcher, {
      values: { line: 'seq -f "line %.0f of a long log, 中文" 1000000; sleep 100' },
    });
    const all = 1_000_000 * 'line  of a long log, 中文\n'.length;
    await until('the whole log', async () => {
      const end = await launcher.log(id, { from: -1, most: 200 }, signal());
      return end.ok && end.value.text.includes('line 1000000 of');
    });
    const end = need(await launcher.log(id, { from: -1, most: 65_536 }, signal()));
    expect(end.size).toBeGreaterThan(all);
    expect(end.to).toBe(end.size);
    expect(end.text.length).toBeLessThanOrEqual(65_536);
    expect(
      end.text.split('\n').every((line) => line === '' || /^line \d+ of a long log, 中文$/.test(line)),
    ).toBe(true);
    const part = need(await launcher.log(id, { from: end.from - 10_000, most: 5_000 }, signal()));
    expect(part.text.endsWith('\n')).toBe(true);
    expect(Buffer.byteLength(part.text.replace(/^�*/, ''))).toBeLessThanOrEqual(5_000);
    const next = need(await launcher.log(id, { from: part.to, most: 5_000 }, signal()));
    expect(next.text.startsWith('line ')).toBe(true);
    const found = need(await launcher.search(id, 'LINE 99999', signal()));
    // The profile of a login shell may have said something first.
    const shift = (found[0]?.line ?? 0) - 99_999;
    expect(found.map(({ line }) => line - shift)).toEqual([
      99_999,
      ...Array.from({ length: 10 }, (_, index) => 999_990 + index),
    ]);
    const at = found[1]?.at ?? 0;
    expect(need(await launcher.log(id, { from: at, most: 100 }, signal())).text).toMatch(/^line 999990 of/);
    const saved = need(
      await saveLog(launcher, id, { folder: join(folder, 'saved'), name: 'my log/..', signal: signal() }),
    );
    expect(saved.bytes).toBe(end.size);
    expect(readFileSync(saved.file).length).toBe(end.size);
  });
});
