import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { attach, controlPlace } from '../../control/index.ts';
import { createCleanup, until, within } from '../../testing/index.ts';
import { silentLog } from '../base/effects.ts';
import { makeEngine, temporaryFolder } from '../testing/make-engine.ts';
import { type Control, openControl } from './index.ts';

const cleanup = createCleanup();
afterEach(() => cleanup.run());
const never = new AbortController().signal;

async function running(part: { readonly folder?: string; readonly version?: string } = {}) {
  const folder = part.folder ?? temporaryFolder(cleanup);
  const place = controlPlace(folder);
  let control: Control | undefined;
  const engine = makeEngine(cleanup, { folder, notify: (change) => control?.tell(change) });
  let ended = 0;
  control = await openControl({
    place,
    version: part.version ?? '1.0.0',
    host: { kind: 'background', pid: process.pid },
    take: engine.handle,
    snapshot: () => engine.snapshot(),
    onEnd: () => {
      ended += 1;
    },
    log: silentLog,
  });
  if (control !== undefined) cleanup.add(control);
  return { place, engine, control, ended: () => ended };
}

async function attached(place: ReturnType<typeof controlPlace>) {
  const outcome = await attach(place, '1.0.0');
  if (outcome.kind !== 'attached') throw new Error(outcome.kind);
  cleanup.later(() => outcome.engine.leave());
  return outcome.engine;
}

/** Says these lines as a stranger would; gives what came back before the end. */
const stranger = (address: string, ...lines: readonly (object | string)[]) =>
  new Promise<string>((resolve) => {
    let said = '';
    const socket = connect(address, () => {
      for (const line of lines) socket.write(typeof line === 'string' ? line : `${JSON.stringify(line)}\n`);
    });
    socket.on('data', (chunk) => {
      said += chunk.toString();
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(said));
  });

describe('another program of the same person', () => {
  it('asks the engine that runs, and sees its state as it changes', async () => {
    const { place, engine } = await running();
    const [one, two] = [await attached(place), await attached(place)];
    expect(one.state()).toEqual(engine.snapshot().state);
    const saved = await one.ask(
      'connections.save',
      { name: 'box', host: '127.0.0.1', port: '2222', user: 'root', login: 'agent' },
      never,
    );
    expect(saved.ok).toBe(true);
    const names = (face: typeof one) => Object.values(face.state().connections).map(({ name }) => name);
    await until('both to see it', () => [one, two].every((face) => names(face).includes('box')));
  });

  it('gets the failures of the contract, and nothing that is not in it', async () => {
    const { place } = await running();
    const face = await attached(place);
    expect(await face.ask('tunnels.open', { serviceId: 'c:80' }, never)).toMatchObject({
      error: { code: 'service_not_found' },
    });
    // A shell's request is none of the engine's.
    expect(await face.ask('shell.state' as 'state.get', {}, never)).toMatchObject({
      error: { code: 'bad_request' },
    });
  });

  it('can cancel what it asked, and leaves nothing running when it goes', async () => {
    const folder = temporaryFolder(cleanup);
    const aborted: string[] = [];
    const control = await openControl({
      place: controlPlace(folder),
      version: '1.0.0',
      host: { kind: 'background', pid: 1 },
      take: (name, _input, signal) =>
        new Promise((resolve) =>
          signal.addEventListener('abort', () => {
            aborted.push(name);
            resolve({ ok: false, error: { code: 'cancelled' } });
          }),
        ),
      snapshot: () => makeEngine(cleanup).snapshot(),
      onEnd: () => {},
      log: silentLog,
    });
    if (control !== undefined) cleanup.add(control);
    const face = await attached(controlPlace(folder));
    const life = new AbortController();
    const asked = face.ask('containers.refresh', {}, life.signal);
    life.abort();
    expect(await asked).toMatchObject({ error: { code: 'cancelled' } });
    await until('the engine to hear it', () => aborted.length === 1);
    const left = face.ask('containers.options', {}, never);
    face.leave();
    expect(await left).toMatchObject({ error: { code: 'engine_restarting' } });
    await until('the engine to hear that too', () => aborted.length === 2);
  });

  it('hears that the engine has gone, and then finds none', async () => {
    const { place, control } = await running();
    const face = await attached(place);
    await control?.stop();
    await within('its end', face.gone);
    expect(await attach(place, '1.0.0')).toEqual({ kind: 'absent' });
  });

  it('finds none where none ever ran', async () => {
    expect(await attach(controlPlace(temporaryFolder(cleanup)), '1.0.0')).toEqual({ kind: 'absent' });
  });
});

describe('the door', () => {
  it('is for its owner only', async () => {
    const { place } = await running();
    expect(statSync(place.folder).mode & 0o777).toBe(0o700);
    expect(statSync(place.address).mode & 0o777).toBe(0o600);
    expect(statSync(place.keyFile).mode & 0o777).toBe(0o600);
  });

  it.runIf(process.getuid?.() === 0)('refuses another user of this machine', async () => {
    const { place } = await running();
    // Even where the folder of data itself is open to all.
    chmodSync(join(place.folder, '..'), 0o755);
    const script = `require('net').connect(${JSON.stringify(place.address)})
      .on('connect',()=>console.log('in')).on('error',(e)=>console.log(e.code))`;
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', script], {
      uid: 65534,
      gid: 65534,
      cwd: '/',
    });
    expect(stdout.trim()).toBe('EACCES');
  });

  it.each([
    ['no JSON', ['GET / HTTP/1.1\r\n\r\n']],
    ['no greeting', [{ kind: 'ask', call: 1, name: 'state.get', input: {} }]],
    ['an order before its greeting was taken', [{ gearway: 1, version: '1', key: 'wrong' }, { kind: 'end' }]],
    ['a list', [[]]],
    ['nothing but null', ['null\n']],
  ])('ends a connection that says %s, and tells it nothing', async (_what, lines) => {
    const { place, ended, engine } = await running();
    const said = await stranger(place.address, ...lines);
    expect(said).not.toContain('snapshot');
    expect(ended()).toBe(0);
    expect((await attached(place)).state()).toEqual(engine.snapshot().state);
  });

  it('tells a program of another version which one it is', async () => {
    const { place } = await running({ version: '9.9.9' });
    const said = await stranger(place.address, { gearway: 99, version: '0.0.1', key: '' });
    expect(JSON.parse(said)).toEqual({ kind: 'refused', why: 'version', version: '9.9.9' });
  });

  it('is opened again over what an engine left that was killed', async () => {
    const folder = temporaryFolder(cleanup);
    const place = controlPlace(folder);
    const first = await running({ folder });
    await first.control?.stop();
    // A socket file on which nobody listens.
    const killed = `const s=require('net').createServer().listen(${JSON.stringify(place.address)},()=>process.kill(process.pid,'SIGKILL'))`;
    await promisify(execFile)(process.execPath, ['-e', killed]).catch(() => {});
    expect(existsSync(place.address)).toBe(true);
    expect(await attach(place, '1.0.0')).toEqual({ kind: 'absent' });
    await running({ folder });
    expect((await attach(place, '1.0.0')).kind).toBe('attached');
  });

  it('is not taken from an engine that answers there', async () => {
    const folder = temporaryFolder(cleanup);
    const first = await running({ folder });
    expect((await running({ folder })).control).toBeUndefined();
    const face = await attached(first.place);
    expect(face.host.kind).toBe('background');
  });

  it('is not opened where a link or a file was laid', async () => {
    const folder = temporaryFolder(cleanup);
    const elsewhere = mkdtempSync(join(tmpdir(), 'gw-elsewhere-'));
    cleanup.later(() => rmSync(elsewhere, { recursive: true, force: true }));
    symlinkSync(elsewhere, controlPlace(folder).folder);
    expect((await running({ folder })).control).toBeUndefined();
    const second = temporaryFolder(cleanup);
    writeFileSync(controlPlace(second).folder, '');
    expect((await running({ folder: second })).control).toBeUndefined();
  });

  it('has a short address where the folder has a long name', () => {
    const long = join('/home/somebody', 'x'.repeat(100));
    const system = { platform: 'linux', temporary: '/tmp', user: 'somebody' } as const;
    expect(Buffer.byteLength(controlPlace(long, system).address)).toBeLessThan(104);
    expect(controlPlace(long, system).address).not.toBe(controlPlace(`${long}y`, system).address);
    expect(controlPlace('C:\\x', { ...system, platform: 'win32' }).address).toMatch(
      /^\\\\\.\\pipe\\gearway-/,
    );
  });

  it('answers a program that sees a stranger there with no crash', async () => {
    const folder = temporaryFolder(cleanup);
    const { place, control } = await running({ folder });
    await control?.stop();
    const odd = createServer((socket) => socket.end('SSH-2.0-odd\r\n')).listen(place.address);
    cleanup.later(() => void odd.close());
    await until('it to listen', () => existsSync(place.address));
    expect(await attach(place, '1.0.0')).toEqual({ kind: 'refused' });
  });
});
