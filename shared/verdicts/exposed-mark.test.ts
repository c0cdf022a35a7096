import { describe, expect, it } from 'vitest';
import type { AuditReport } from '../model/audit.ts';
import type { RouteHealth } from '../model/service.ts';
import { exposedMark } from './exposed-mark.ts';

const mapped = { kind: 'mapped', url: 'https://demo-web.gear.example' } as const;
const up = (status: number): RouteHealth => ({
  state: 'up',
  since: 100,
  verifiedAt: 200,
  facts: { at: 200, steps: [], totalMs: 1, status },
  recentMs: [],
});
const report = (verdict: AuditReport['verdict'], at = 150): AuditReport => ({
  id: 'c:1',
  serviceName: 'web',
  url: mapped.url,
  at,
  verdict,
  things: verdict === 'open' ? [{ code: 'models', level: 'control', path: '/v1/models' }] : [],
});
const base = { exposure: mapped, public: up(200) };
const vllm = { kind: 'vllm', name: 'vLLM' } as const;

describe('the mark of an address that answers to anyone', () => {
  it.each<[string, Parameters<typeof exposedMark>[0], string | undefined]>([
    ['is there when a page comes', base, 'probe read'],
    [
      'says more of a program that obeys',
      { ...base, kind: { kind: 'ollama', name: 'Ollama' } },
      'probe control',
    ],
    ['needs a mapping in effect', { ...base, exposure: { kind: 'unmapped' } }, undefined],
    ['needs an answer', { ...base, public: { state: 'unknown' } }, undefined],
    ['is not there behind a login', { ...base, public: up(401) }, undefined],
    ['is not there behind a redirect', { ...base, public: up(302) }, undefined],
    [
      'is not there for a login page that was recognised',
      { ...base, kind: { ...vllm, guarded: true } },
      undefined,
    ],
    ['is there for a model server without a page', { ...base, public: up(404), kind: vllm }, 'probe control'],
    [
      'is not there for llama.cpp without a page, which lists its models with a key too',
      { ...base, public: up(404), kind: { kind: 'llamacpp', name: 'llama.cpp' } },
      undefined,
    ],
    ['is not there for a model server that refuses', { ...base, public: up(403), kind: vllm }, undefined],
    ['follows the audit', { ...base, public: up(302), audit: report('open') }, 'audit control'],
    ['is taken away by the audit', { ...base, audit: report('login') }, undefined],
    [
      'is not taken away by an audit of an earlier life',
      { ...base, audit: report('login', 50) },
      'probe read',
    ],
    ['nor by one that heard nothing', { ...base, audit: report('silent') }, 'probe read'],
    [
      'nor by one of another address',
      { ...base, audit: { ...report('login'), url: 'https://other.example' } },
      'probe read',
    ],
  ])('%s', (_name, facts, expected) => {
    const mark = exposedMark(facts);
    expect(mark && `${mark.by} ${mark.level}`).toBe(expected);
  });
});
