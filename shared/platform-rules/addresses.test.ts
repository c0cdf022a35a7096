import { describe, expect, it } from 'vitest';
import type { Mapping } from '../model/container.ts';
import { type Instance, knownInstances } from '../model/instance.ts';
import { matchPastedAddress, publicAddress } from './addresses.ts';

const openbayes = knownInstances.openbayes;
const job = '84xr8451agrz';
const local: Instance = {
  kind: 'local',
  name: 'Local',
  origin: 'http://127.0.0.1:41001',
  edge: { scheme: 'http', domain: 'gear.localhost', port: 41002 },
};

describe('the public address of a mapping', () => {
  it.each<[string, Instance, string, Mapping, string]>([
    [
      'with a name',
      openbayes,
      'openbayes',
      { name: 'gradio', port: 7860 },
      'https://openbayes-gradio.gear-c1.openbayes.net',
    ],
    [
      'without a name',
      openbayes,
      'openbayes',
      { port: 7860 },
      'https://openbayes-84xr8451agrz-7860.gear-c1.openbayes.net',
    ],
    [
      'of a user with capitals and hyphens',
      knownInstances.hyperai,
      'Sdia-LLM-KG',
      { name: 'v3', port: 80 },
      'https://sdia-llm-kg-v3.gear.hyperai.host',
    ],
    [
      'on the local platform, with its port',
      local,
      'demo',
      { name: 'web', port: 80 },
      'http://demo-web.gear.localhost:41002',
    ],
  ])('%s', (_case, instance, user, mapping, url) => {
    expect(publicAddress(instance, user, job, mapping)).toBe(url);
  });
});

describe('a pasted address', () => {
  const known = {
    instance: openbayes,
    user: 'Open-Tutorials',
    containers: [
      { id: job, mappings: [{ name: 'web', port: 80 }, { port: 7860 }] },
      { id: 't5qvtgqlutf5', mappings: [] },
    ],
  };
  const match = (pasted: string) => matchPastedAddress(pasted, known);

  it.each([
    'https://open-tutorials-web.gear-c1.openbayes.net',
    ' HTTPS://OPEN-TUTORIALS-WEB.gear-c1.openbayes.net/a/b?c=d#e ',
    'open-tutorials-web.gear-c1.openbayes.net',
    'open-tutorials-web.gear-c1.openbayes.net.:443/',
    'wss://open-tutorials-web.gear-c1.openbayes.net/ws',
  ])('finds a named mapping in %j', (pasted) => {
    expect(match(pasted)).toEqual({
      containerId: job,
      form: 'named',
      port: 80,
      mapping: { name: 'web', port: 80 },
    });
  });

  it('finds an unnamed mapping, and an unnamed address that nothing maps yet', () => {
    expect(match(`https://open-tutorials-${job}-7860.gear-c1.openbayes.net`)).toEqual({
      containerId: job,
      form: 'unnamed',
      port: 7860,
      mapping: { port: 7860 },
    });
    expect(match('https://open-tutorials-t5qvtgqlutf5-9000.gear-c1.openbayes.net')).toEqual({
      containerId: 't5qvtgqlutf5',
      form: 'unnamed',
      port: 9000,
    });
  });

  it('knows the legacy form, which means port 8080', () => {
    expect(match(`https://open-tutorials-${job}.gear-c1.openbayes.net/v1/models`)).toEqual({
      containerId: job,
      form: 'legacy',
      port: 8080,
    });
  });

  it('needs the port of the edge where it has one of its own', () => {
    const here = {
      instance: local,
      user: 'demo',
      containers: [{ id: 'j', mappings: [{ name: 'web', port: 1 }] }],
    };
    expect(matchPastedAddress('http://demo-web.gear.localhost:41002/', here)?.port).toBe(1);
    expect(matchPastedAddress('http://demo-web.gear.localhost/', here)).toBeUndefined();
    const usual = {
      ...here,
      instance: { ...local, edge: { scheme: 'http', domain: 'gear.localhost' } as const },
    };
    expect(matchPastedAddress('http://demo-web.gear.localhost:80/', usual)?.port).toBe(1);
    expect(matchPastedAddress('http://demo-web.gear.localhost:443/', usual)).toBeUndefined();
  });

  it.each([
    '',
    'web',
    'https://',
    'https://other-web.gear-c1.openbayes.net',
    'https://open-tutorials-web.gear-c1.openbayes.net:8443',
    'https://open-tutorials-web.gear-c1.openbayes.net:99999',
    'https://open-tutorials-web.gear-c1.openbayes.net.evil.example',
    'https://open-tutorials-web.gear-c1.openbayes.net@evil.example/',
    'https://user:pw@open-tutorials-web.gear-c1.openbayes.net/',
    'https://evil.example/open-tutorials-web.gear-c1.openbayes.net',
    'https://evil.example\\open-tutorials-web.gear-c1.openbayes.net',
    `https://open-tutorials-${job}-0.gear-c1.openbayes.net`,
    `https://open-tutorials-${job}-x.gear-c1.openbayes.net`,
    `${'a'.repeat(100_000)}`,
    'javascript:alert(1)',
  ])('gives nothing for %j', (pasted) => {
    expect(match(pasted)).toBeUndefined();
  });
});
