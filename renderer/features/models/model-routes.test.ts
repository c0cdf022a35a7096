import { describe, expect, it } from 'vitest';
import type { Service } from '../../../shared/model/service.ts';
import { makeContainer, makeService } from '../../testing/make.ts';
import { modelServices, routesTo } from './model-routes.ts';

const local: Service['local'] = {
  url: 'http://llm.localhost:7700/',
  choice: 'auto',
  route: 'tunnel',
  reason: 'tunnel_healthy',
};
const open: Service['tunnel'] = {
  state: { kind: 'connected', since: 1 },
  local: { host: '127.0.0.1', port: 15080 },
};

describe('the ways to a model', () => {
  it('begin with the address that stays', () => {
    expect(routesTo(makeService({ local, tunnel: open }))).toEqual([
      { route: 'local', base: 'http://llm.localhost:7700/v1' },
      { route: 'public', base: 'https://demo-web.gear.example/v1' },
      { route: 'tunnel', base: 'http://127.0.0.1:15080/v1' },
    ]);
  });

  it('are none where no route is open', () => {
    expect(routesTo(makeService({ exposure: { kind: 'unmapped' } }))).toEqual([]);
    const nowhere = { ...local, route: undefined, reason: 'none_healthy' as const };
    expect(routesTo(makeService({ exposure: { kind: 'reserved' }, local: nowhere }))).toEqual([]);
  });

  it('lead to servers of OpenAI’s protocol only', () => {
    const services = {
      a: makeService({ name: 'z-llm', kind: { kind: 'vllm', name: 'vLLM' } }),
      b: makeService({ name: 'app', kind: { kind: 'gradio', name: 'Gradio' } }),
      c: makeService({ name: 'a-llm', kind: { kind: 'openai', name: 'OpenAI-compatible' } }),
    };
    expect(modelServices(services, {}).map(({ name }) => name)).toEqual(['a-llm', 'z-llm']);
  });

  it('lead first to those that answer, then to those that run without a route, then to those that sleep', () => {
    const kind = { kind: 'vllm', name: 'vLLM' } as const;
    const unmapped = { exposure: { kind: 'unmapped' } } as const;
    const services = {
      a: makeService({ name: 'asleep', kind, containerId: 'old' }),
      b: makeService({
        name: 'closed',
        containerId: 'on',
        ...unmapped,
        listens: { bind: 'any', process: 'vllm' },
      }),
      c: makeService({ name: 'mapped', kind, containerId: 'on' }),
      d: makeService({
        name: 'else',
        containerId: 'on',
        ...unmapped,
        listens: { bind: 'any', process: 'python3' },
      }),
    };
    const containers = {
      on: makeContainer({ id: 'on' }),
      old: makeContainer({ id: 'old', status: { kind: 'ended', how: 'cancelled' } }),
    };
    expect(modelServices(services, containers).map(({ name }) => name)).toEqual([
      'mapped',
      'closed',
      'asleep',
    ]);
  });
});
