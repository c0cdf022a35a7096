import { describe, expect, it } from 'vitest';
import type { AppError } from '../../../shared/result.ts';
import { isUnknownField, readAnswerError } from './answer-error.ts';
import { assumedShape } from './api-shape.ts';
import { assumedPorts } from './ports-shape.ts';
import { readContainer } from './read-container.ts';
import { readAddresses } from './true-address.ts';
import { type WireJob, wireOneJob } from './wire.ts';

const read = (message: string, extensions: Record<string, unknown> = {}): AppError =>
  readAnswerError({ message, extensions }, 200, (text) => text);

describe('a sentence of the server', () => {
  it.each([
    'Cannot query field "ports" on type "Job".',
    'Unknown argument "tagNames" on field "Mutation.createProject".',
    'Unknown type "RuntimeType".',
    'Field "ports" must not have a selection since type "String" has no subfields.',
    'Field "ports" of type "[Port!]" must have a selection of subfields.',
    'Field "ports" is not defined by type "RestartWorkspaceInput".',
    "Validation error (FieldUndefined@[party/projects/data/latestJob/ports]) : Field 'ports' in type 'Job' is undefined",
    "Validation error of type FieldUndefined: Field 'ports' in type 'Job' is undefined @ 'job/ports'",
    "The variables input contains a field name 'ports' that is not defined for input object type 'RestartWorkspaceInput' ",
    "Validation error (WrongType@[restartWorkspace]) : argument 'input' with value 'ObjectValue{}' contains a field not in 'RestartWorkspaceInput': 'ports'",
    "Validation error (SubselectionNotAllowed@[job/ports]) : Subselection not allowed on leaf type 'String' of field 'ports'",
    "Validation error of type SubSelectionNotAllowed: Sub selection not allowed on leaf type String @ 'job/ports'",
    "Validation error (SubselectionRequired@[job/ports]) : Subselection required for type 'Port' of field 'ports'",
    "Validation error (UnknownType@[]) : Unknown type 'TagInput'",
    "Validation error (UnknownArgument@[createProject]) : Unknown field argument 'tagNames'",
    "Validation error (FieldUndefined@[me/token]) : Field 'token' in type 'User' is undefined, an invalid query",
  ])('that a field is not there is understood: %s', (message) => {
    expect(isUnknownField(read(message, { classification: 'ValidationError' }))).toBe(true);
  });

  it.each([
    'The job is running',
    'Internal error',
    'There is no such runtime',
    'jwt expired',
    "Variable 'userId' has an invalid value: must not be null",
  ])('about something else is not: %s', (message) => {
    expect(isUnknownField(read(message))).toBe(false);
  });

  it.each([
    ['jwt expired', 'token_refused'],
    ['Invalid token', 'token_refused'],
    ['The token is malformed', 'token_refused'],
    ['The token was used', 'platform_error'],
  ])('about the login, %s, is %s', (message, code) => {
    expect(read(message).code).toBe(code);
  });

  it.each(['expired ', 'jwt ', 'token', 'invalid token x ', '· ', '"'])(
    'costs no more than its beginning, however often it repeats %j',
    (piece) => {
      const took = [10_000, 1_000_000].map((length) => {
        const message = piece.repeat(length / piece.length);
        const begun = performance.now();
        isUnknownField(read(message, { code: message, details: { message } }));
        return performance.now() - begun;
      });
      expect(took[1]).toBeLessThan(200);
    },
  );
});

const own = { origin: 'https://platform.example', kind: 'private' } as const;
const jobOf = (part: object): WireJob => {
  const read = wireOneJob.parse({ job: { id: 'abcdefghijkl', status: 'RUNNING', ...part } }).job;
  if (read === null) throw new Error('no job');
  return read;
};
const container = (part: object, instance: Parameters<typeof readContainer>[3] = own) =>
  readContainer(jobOf(part), { id: 'p' }, assumedShape, instance);

describe('a word for a state', () => {
  it.each([
    ['RUNNING', { kind: 'running' }],
    ['running', { kind: 'running' }],
    ['CREATED', { kind: 'pending', raw: 'CREATED' }],
    ['QUEUED', { kind: 'pending', raw: 'QUEUED' }],
    ['SUCCEEDED', { kind: 'ended', how: 'succeeded' }],
    ['COMPLETED', { kind: 'ended', how: 'succeeded' }],
    ['FAILED', { kind: 'ended', how: 'failed' }],
    ['TIMEOUT', { kind: 'ended', how: 'failed' }],
    ['CANCELLED', { kind: 'ended', how: 'cancelled' }],
    ['CANCELED', { kind: 'ended', how: 'cancelled' }],
    ['STOPPED', { kind: 'ended', how: 'cancelled' }],
    ['CANCELLING', { kind: 'ended', how: 'cancelled', ending: true }],
    ['Terminating', { kind: 'ended', how: 'cancelled', ending: true }],
  ])('%s is %j', (status, wanted) => {
    expect(container({ status }).status).toEqual(wanted);
  });
});

describe('a job that holds something odd', () => {
  it.each([['a text'], [7], [{}], [[7]], [[{ name: {}, port: 'x' }]], [[{ port: 0 }]], [true]])(
    'in its ports, %j, is shown without them',
    (ports) => {
      expect(container({ ports })).toMatchObject({ id: 'abcdefghijkl', mappings: 'unknown' });
    },
  );

  it('in its links keeps those that can be read', () => {
    const links = [null, 7, { name: 3 }, { name: 'ssh', value: 'ssh root@ssh.example -p31612' }];
    expect(container({ links }).ssh).toEqual({ user: 'root', host: 'ssh.example', port: 31_612 });
  });

  it('counts nodes of a batch only: the size of any other is in bytes', () => {
    expect(container({ mode: 'BATCH_TASK', size: 4 }).size).toBe(4);
    expect(container({ mode: 'WORKSPACE', size: 4_096 }).size).toBeUndefined();
  });
});

describe('an address that the platform tells', () => {
  const mapped = (name: string, value: string, instance?: Parameters<typeof container>[1]) =>
    container({ ports: [{ name, port: 7860 }], links: [{ name, value }] }, instance).addresses;
  const address = 'https://demo-web.gear.example';

  it.each([
    ['web', address, address],
    ['web', `${address}/`, address],
    ['web', 'https://demo-other.gear.example', undefined],
    ['frontend', 'https://platform.example/console/demo/jobs/abcdefghijkl', undefined],
    ['open', 'https://platform.example/console/demo/jobs/abcdefghijkl/open', undefined],
    ['stop', 'https://platform.example/api/jobs/abcdefghijkl/stop', undefined],
    ['ssh', 'ssh root@ssh.example -p31612', undefined],
    ['ssh', 'https://demo-ssh.gear.example', 'https://demo-ssh.gear.example'],
    ['frontend', 'https://demo-frontend.gear.example', 'https://demo-frontend.gear.example'],
  ])('in a link named %s, %s, is %s', (name, value, wanted) => {
    expect(mapped(name, value)?.[0]?.url).toBe(wanted);
  });

  it.each([
    'http://127.0.0.1:8080',
    'http://localhost:8080',
    'http://demo-web.localhost:8080',
    'http://[::1]:8080',
    'http://[::ffff:127.0.0.1]',
    'http://0.0.0.0',
    'http://2130706433',
    'http://169.254.169.254',
    'http://10.0.0.1',
    'http://192.168.1.1',
    'http://router',
  ])('is not believed at a place where the platform is not: %s', (url) => {
    const job = jobOf({ ports: [{ name: 'web', port: 7860, url }] });
    const spelling = { ...assumedPorts, url: 'url' };
    expect(readAddresses(job, [{ name: 'web', port: 7860 }], spelling, own.origin)).toEqual([]);
    // Nor is the SSH server there, whatever it is called.
    const host = new URL(url).hostname;
    const ssh = container(
      { links: [{ name: 'ssh', value: `ssh root@${host} -p22` }] },
      { ...own, kind: 'hyperai' },
    );
    expect(ssh.ssh).toBeUndefined();
  });

  it('is believed where the platform is too', () => {
    const local = { origin: 'http://127.0.0.1:4000', kind: 'local' } as const;
    const url = 'http://demo-web.gear.localhost:4001';
    expect(mapped('web', url, local)?.[0]?.url).toBe(url);
    const links = [{ name: 'ssh', value: 'ssh root@127.0.0.1 -p31612' }];
    expect(container({ links }, local).ssh).toMatchObject({ host: '127.0.0.1' });
  });
});
