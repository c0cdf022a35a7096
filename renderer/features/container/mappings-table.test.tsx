import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { Container } from '../../../shared/model/container.ts';
import { type Gearway, GearwayProvider } from '../../store/context.ts';
import { makeContainer } from '../../testing/make.ts';
import { MappingsTable } from './mappings-table.tsx';

const account = {
  id: 'a',
  user: 'demo',
  instance: {
    kind: 'private',
    name: 'x',
    origin: 'https://x.example',
    edge: { scheme: 'https', domain: 'gear.example' },
  },
};
const draw = (part: Partial<Container>) => {
  const container = makeContainer(part);
  const engine = {
    session: { kind: 'open', account, realName: 'verified' },
    services: {},
    audits: {},
    templates: [],
    containers: { [container.id]: container },
  };
  const gearway = {
    client: {},
    mirror: createStore(() => ({ engine, shell: { language: 'en' } })),
  } as unknown as Gearway;
  return renderToStaticMarkup(
    <GearwayProvider value={gearway}>
      <MappingsTable container={container} onStart={() => {}} onRestart={() => {}} />
    </GearwayProvider>,
  );
};
const mappings = [{ name: 'web', port: 7860 }];

describe('the mappings of a container', () => {
  it('say what stands by a note only, and take another note', () => {
    const noted = draw({ mappings, mappingsFrom: 'noted' });
    expect(noted).toContain('noted by hand');
    expect(noted).toContain('aria-label="Note what is mapped"');
  });

  it('say nothing of that, and take no note, where the platform tells them', () => {
    const told = draw({ mappings, mappingsFrom: 'platform' });
    expect(told).toContain('https://demo-web.gear.example');
    expect(told).not.toMatch(/noted by hand|Note what is mapped/);
  });

  it('take a note where nothing is known', () => {
    expect(draw({ mappings: 'unknown' })).toContain('aria-label="Note what is mapped"');
  });
});
