import { createServer, type RequestListener, type Server } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import type { AuditReport, AuditState } from '../../../shared/model/audit.ts';
import { type LookAlikeKind, lookAlike } from '../../local-platform/samples/look-alikes.ts';
import { createCleanup, listenHttp, until } from '../../testing/index.ts';
import { systemClock } from '../base/effects.ts';
import type { KeptFile } from '../base/kept-file.ts';
import { createHostBudget } from '../health/index.ts';
import { auditFileSchema, createAudit } from './audit.ts';

const cleanup = createCleanup();
afterEach(() => cleanup.run());

const listen = (server: Server) => listenHttp(cleanup, server);
const http = (answer: RequestListener) => listen(createServer(answer));

/** A file in memory. */
function fileOf(
  kept: readonly AuditReport[] = [],
): KeptFile<readonly AuditReport[]> & { kept(): readonly AuditReport[] } {
  let content = kept;
  return {
    read: async () => content,
    write: async (value) => {
      content = value;
    },
    kept: () => content,
  };
}

function setup(deadlineMs?: number, file = fileOf()) {
  const states: AuditState[] = [];
  let reports: readonly AuditReport[] = [];
  const audit = createAudit({
    clock: systemClock,
    budget: createHostBudget({ clock: systemClock }),
    onState: (state) => states.push(state),
    onReports: (all) => {
      reports = all;
    },
    file,
    deadlineMs,
  });
  cleanup.later(() => audit.stop());
  const start = (services: Parameters<typeof audit.start>[0]) => {
    audit.keepOnly(new Map(services.map(({ id, url }) => [id, url])));
    audit.start(services);
  };
  return { audit, start, file, states, reports: () => reports };
}

const at = (port: number, part: { readonly id?: string; readonly kindName?: string } = {}) => ({
  id: `c:${port}`,
  name: 'web',
  port,
  url: `http://demo-web.gear.localhost:${port}`,
  ...part,
});

async function auditOf(port: number, kindName?: string): Promise<AuditReport> {
  const { start, reports } = setup();
  start([at(port, { kindName })]);
  return until('the report', () => reports()[0]);
}
const given = ({ things }: AuditReport) =>
  things.map(({ code, level, params }) => [code, level, ...Object.values(params ?? {})].join(' '));

describe('a public address, asked by a stranger', () => {
  it.each<[LookAlikeKind, readonly string[]]>([
    ['gradio', ['app control', 'page read']],
    ['gradio4', ['app control', 'page read']],
    ['vllm', ['models control gateway/m', 'metrics tells', 'version tells']],
    ['sglang', ['models control gateway/m', 'page read']],
    ['llamacpp', ['models control gateway/m']],
    ['ollama', ['models control gateway/m', 'page read', 'version tells']],
    ['tensorboard', ['files read', 'page read']],
    ['jupyter', ['notebooks control', 'version tells']],
    ['comfyui', ['jobs control', 'page read']],
    ['sdwebui', ['jobs control', 'app control', 'page read']],
    ['streamlit', ['app control', 'page read']],
    ['static', ['files read']],
  ])('at which %s answers, gives %j', async (kind, expected) => {
    const report = await auditOf(await listen(lookAlike(kind, { model: 'gateway/m' })));
    expect(report.verdict).toBe('open');
    expect(given(report)).toEqual(expected);
  });

  it.each<[LookAlikeKind, string, readonly string[]]>([
    ['vllm', 'partly', ['metrics tells', 'version tells']],
    ['gradio', 'login', []],
    ['jupyter', 'partly', ['version tells']],
  ])('that asks for a login at %s is %s', async (kind, verdict, expected) => {
    const report = await auditOf(await listen(lookAlike(kind, { apiKey: 'k', model: 'gateway/m' })));
    expect(report.verdict).toBe(verdict);
    expect(given(report)).toEqual(expected);
  });

  it.each<[string, RequestListener, string, readonly string[]]>([
    ['a page', (_, response) => response.end('<html>hello</html>'), 'open', ['page read']],
    ['a page with a login', (_, response) => response.end('<form><input type="password">'), 'login', []],
    [
      'the way to a login',
      (_, response) => response.writeHead(302, { location: '/login?next=/' }).end(),
      'login',
      [],
    ],
    ['401 to everything', (_, response) => response.writeHead(401).end(), 'login', []],
    ['404 to everything', (_, response) => response.writeHead(404).end(), 'nothing', []],
    ['502, as the edge says', (_, response) => response.writeHead(502).end(), 'silent', []],
    [
      'documentation of an API',
      ({ url }, response) =>
        url === '/docs' ? response.end('<div id="swagger-ui">') : response.writeHead(404).end(),
      'open',
      ['docs read'],
    ],
    [
      'metrics alone',
      ({ url }, response) =>
        url === '/metrics' ? response.end('# TYPE up gauge\nup 1\n') : response.writeHead(404).end(),
      'open',
      ['metrics tells'],
    ],
    [
      'the same page to everything',
      (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>app</html>'),
      'open',
      ['page read'],
    ],
  ])('with %s', async (_name, answer, verdict, expected) => {
    const report = await auditOf(await http(answer));
    expect(report.verdict).toBe(verdict);
    expect(given(report)).toEqual(expected);
  });

  it('says how to close it where its program has a line for that', async () => {
    expect((await auditOf(await listen(lookAlike('gradio')), 'Gradio 6.25')).fix?.line).toContain('auth=');
    expect((await auditOf(await listen(lookAlike('comfyui')), 'ComfyUI')).fix).toBeUndefined();
  });

  it('is only read, without credentials, and never asked what changes something or tells a key', async () => {
    const asked: string[] = [];
    const port = await http(({ method, url, headers }, response) => {
      asked.push(`${method} ${url}`);
      if (headers.authorization !== undefined || headers.cookie !== undefined) asked.push('credentials');
      response.writeHead(404).end();
    });
    await auditOf(port);
    expect(asked.every((line) => line.startsWith('GET /'))).toBe(true);
    expect(asked.length).toBeLessThan(20);
    const forbidden =
      /health_generate|flush_cache|server_info|profile|slow_down|object_info|api\/status|heartbeat/;
    expect(asked.filter((line) => forbidden.test(line))).toEqual([]);
  });
});

describe('an audit of several addresses', () => {
  it('tells how far it is and ends idle; one that is silent does not hold up the others', async () => {
    const silent = await http(() => {});
    const open = await http((_, response) => response.end('here'));
    const { start, states, reports } = setup(300);
    start([at(silent, { id: 'a' }), at(open, { id: 'b' }), at(open, { id: 'c' })]);
    await until('the end', () => states.at(-1)?.kind === 'idle' && states.length > 1);
    expect(states[0]).toMatchObject({ kind: 'running', done: 0, count: 3 });
    expect(Object.fromEntries(reports().map(({ id, verdict }) => [id, verdict]))).toEqual({
      a: 'silent',
      b: 'open',
      c: 'open',
    });
  });

  it('ends when it is cancelled, without a word on what it did not finish', async () => {
    let asked = 0;
    const silent = await http(() => {
      asked += 1;
    });
    const { audit, start, states, reports } = setup();
    start([at(silent, { id: 'a' }), at(silent, { id: 'b' }), at(silent, { id: 'c' })]);
    await until('the first question', () => asked > 0);
    audit.cancel();
    expect(states.at(-1)).toEqual({ kind: 'idle' });
    await until('the connections to end', () => asked <= 2);
    expect(reports()).toEqual([]);
  });

  it('shows only addresses that there are, and those again that come back', async () => {
    const open = await http((_, response) => response.end('here'));
    const { audit, start, reports } = setup();
    const service = at(open);
    start([service]);
    await until('the report', () => reports()[0]);
    audit.keepOnly(new Map([[service.id, 'https://another.example']]));
    expect(reports()).toEqual([]);
    expect(audit.report(service.id)).toBeUndefined();
    audit.keepOnly(new Map([[service.id, service.url]]));
    expect(audit.report(service.id)).toMatchObject({ verdict: 'open' });
  });

  it('is found again after a restart with its age, unless it is too old or its account was given up', async () => {
    const open = await http((_, response) => response.end('here'));
    const { start, states, file } = setup();
    const service = at(open);
    start([service]);
    await until('the end', () => states.at(-1)?.kind === 'idle' && file.kept().length === 1);
    const [report] = file.kept();
    const old = { ...service, id: 'old', at: Date.now() - 31 * 86_400_000, serviceName: 'x' };
    const again = setup(
      undefined,
      fileOf([...file.kept(), { ...auditFileSchema.parse([report])[0], ...old } as never]),
    );
    await again.audit.recall();
    expect(again.reports()).toEqual([]);
    again.audit.keepOnly(new Map([[service.id, service.url]]));
    expect(again.reports()).toEqual([report]);
    again.audit.forget((id) => id === service.id);
    expect(again.reports()).toEqual([]);
    expect(again.file.kept()).toEqual([]);
  });
});
