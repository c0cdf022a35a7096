import { describe, expect, it } from 'vitest';
import type { Container } from '../../../shared/model/container.ts';
import type { KnownService } from '../../../shared/model/memory.ts';
import { testContainer } from '../../../shared/model/test-container.ts';
import { listServices, serviceName } from './directory.ts';

const sources = (part: Partial<Parameters<typeof listServices>[0]> = {}) => ({
  containers: [testContainer('a')],
  listening: new Map(),
  known: [],
  tunnels: [],
  ...part,
});
const listed = (part: Partial<Parameters<typeof listServices>[0]>) =>
  listServices(sources(part)).map(({ id, name }) => `${id} ${name}`);
const known = (part: Partial<KnownService>): KnownService => ({
  containerId: 'a',
  port: 7860,
  name: 'web',
  byHand: false,
  ...part,
});
const mapped = (id: string, mappings: Container['mappings'], part: Partial<Container> = {}) =>
  testContainer(id, { mappings, ...part });

describe('the services of all containers', () => {
  it('are those mapped now or by the next start, those that listen, those with a tunnel, those added by hand', () => {
    expect(
      listed({
        containers: [
          mapped('a', [{ name: 'web', port: 7860 }], { pendingMappings: [{ name: 'api', port: 8080 }] }),
        ],
        listening: new Map([['a', [{ port: 6379, bind: 'any' }]]]),
        tunnels: [
          { serviceId: 'a:5432', open: true },
          { serviceId: 'a:5433', open: false },
          { serviceId: 'ab:5434', open: true },
        ],
        known: [known({ port: 9000, name: 'mine', byHand: true }), known({ port: 9001, name: 'seen-once' })],
      }),
    ).toEqual(['a:5432 postgres', 'a:6379 redis', 'a:7860 web', 'a:8080 api', 'a:9000 mine']);
  });

  it('are nothing where the platform tells no mappings', () => {
    expect(listed({ containers: [mapped('a', 'unknown')] })).toEqual([]);
  });

  it('leave out the SSH server by which Gearway comes in', () => {
    expect(listed({ listening: new Map([['a', [{ port: 22, bind: 'any' }]]]) })).toEqual([]);
  });

  it('are called by their mapping, by what their port is known for, or by their container', () => {
    const listening = new Map([['a', [7860, 8888, 1234].map((port) => ({ port, bind: 'any' as const }))]]);
    expect(listed({ containers: [mapped('a', [{ name: 'Demo', port: 7860 }])], listening })).toEqual([
      'a:1234 lab-a-1234',
      'a:7860 demo',
      'a:8888 jupyter',
    ]);
  });

  it('keep the name that they were given, whatever their mapping is called now', () => {
    const before = [known({ name: 'old' })];
    expect(listed({ containers: [mapped('a', [{ name: 'new', port: 7860 }])], known: before })).toEqual([
      'a:7860 old',
    ]);
  });

  it('have names of their own, and say what they would be called', () => {
    const containers = ['a', 'b'].map((id) => mapped(id, [{ name: 'web', port: 7860 }]));
    expect(listServices(sources({ containers }))).toMatchObject([
      { id: 'a:7860', name: 'web' },
      { id: 'b:7860', name: 'web-2', clash: 'web' },
    ]);
    expect(listServices(sources({ containers }))[0]).not.toHaveProperty('clash');
    // A name that is known belongs to its service, although that is not there now.
    expect(listed({ containers, known: [known({ containerId: 'gone' })] })).toEqual([
      'a:7860 web-2',
      'b:7860 web-3',
    ]);
  });
});

describe('the name of a service that is typed in', () => {
  it('is free among those that are known', () => {
    const wanted = { containerName: 'Lab', port: 6379 };
    expect(serviceName({ ...wanted, known: [] })).toBe('redis');
    expect(serviceName({ ...wanted, known: [known({ name: 'redis' })] })).toBe('redis-2');
    expect(serviceName({ ...wanted, port: 1234, known: [] })).toBe('lab-1234');
  });
});
