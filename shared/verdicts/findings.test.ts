import { describe, expect, it } from 'vitest';
import { makeRoute } from '../comparison/make-route.ts';
import type { ErrorCode } from '../errors.ts';
import type { MeasuredRoute } from '../model/comparison-record.ts';
import type { Finding, RouteHealth } from '../model/service.ts';
import type { FindingFacts } from './evidence.ts';
import { findings } from './findings.ts';
import { fixFor } from './fixes.ts';

const facts = { at: 0, steps: [], totalMs: 1 };
const up = (status = 200): RouteHealth => ({
  state: 'up',
  verifiedAt: 0,
  facts: { ...facts, status },
  recentMs: [],
});
const down = (code: ErrorCode): RouteHealth => ({
  state: 'down',
  since: 0,
  error: { code },
  facts,
  recentMs: [],
});
const withCertificate = (days: number): RouteHealth => ({
  state: 'up',
  verifiedAt: 0,
  facts: { ...facts, status: 401, tls: { issuer: 'CA', validTo: days * 86_400_000 } },
  recentMs: [],
});
const speaking = (upgrade: 'switched' | 'not_switched'): RouteHealth => ({
  state: 'up',
  verifiedAt: 0,
  facts: { ...facts, status: 401, upgrade },
  recentMs: [],
});
const timedOut = (status?: number): RouteHealth => ({
  state: 'down',
  since: 0,
  error: { code: 'public_timeout' },
  facts: { ...facts, ...(status === undefined ? {} : { status }) },
  recentMs: [],
});
const absent: RouteHealth = { state: 'absent' };
const base: FindingFacts = {
  public: absent,
  tunnel: absent,
  tunnelState: { kind: 'closed' },
  exposure: { kind: 'unmapped' },
  containerRunning: true,
};
const mapped = { kind: 'mapped', url: 'https://demo-web.gear.example' } as const;

describe('what both routes say together', () => {
  it.each<[string, Partial<FindingFacts>, readonly string[]]>([
    ['nothing about a service that has no route yet', {}, []],
    ['all well behind a login', { exposure: mapped, public: up(401), tunnel: up() }, []],
    [
      'open to anyone when the public address answers',
      { exposure: mapped, public: up() },
      ['open_to_anyone'],
    ],
    [
      "a limit of the gateway's when it says 504",
      { exposure: mapped, public: timedOut(504), tunnel: up() },
      ['gateway_time_limit likely'],
    ],
    [
      'the same when it says 524, as Cloudflare does',
      { exposure: mapped, public: timedOut(524), tunnel: up() },
      ['gateway_time_limit likely'],
    ],
    [
      'a public address out of reach when it says nothing in time',
      { exposure: mapped, public: timedOut(), tunnel: up() },
      ['public_unreachable likely'],
    ],
    [
      'bound to loopback, for certain, when it was seen inside',
      { exposure: mapped, public: down('public_bad_gateway'), listens: { bind: 'loopback' } },
      ['bound_to_loopback certain'],
    ],
    [
      'bound to loopback, likely, when only the tunnel works',
      { exposure: mapped, public: down('public_bad_gateway'), tunnel: up() },
      ['bound_to_loopback likely'],
    ],
    [
      'not bound to loopback when it was seen to be open',
      { exposure: mapped, public: down('public_bad_gateway'), tunnel: up(), listens: { bind: 'any' } },
      [],
    ],
    [
      'nothing listens when nobody was seen to and the edge reaches nothing',
      { exposure: mapped, public: down('public_bad_gateway'), isSilent: true },
      ['nothing_listens'],
    ],
    [
      'nothing of that while the tunnel works: it was started since',
      { exposure: mapped, public: down('public_bad_gateway'), tunnel: up(), isSilent: true },
      ['bound_to_loopback'],
    ],
    [
      'nothing listens when both are refused',
      {
        exposure: mapped,
        public: down('public_bad_gateway'),
        tunnelState: { kind: 'unanswered', since: 0, error: { code: 'target_refused' } },
      },
      ['nothing_listens'],
    ],
    [
      'the mapping is unknown to the edge',
      { exposure: mapped, public: down('public_not_found') },
      ['mapping_missing'],
    ],
    [
      'the public route is cut on the way',
      { exposure: mapped, public: down('tcp_timeout'), tunnel: up() },
      ['public_unreachable'],
    ],
    ['no public route for raw TCP', { exposure: { kind: 'tcp' }, tunnel: up() }, ['tunnel_only']],
    ['a mapping waits for a restart', { exposure: { kind: 'pending', url: '' } }, ['mapping_pending']],
    [
      'a mapping that an earlier run had, and this one has not',
      {
        exposure: mapped,
        startedAt: 5_000,
        public: { ...down('public_not_found'), lastUpAt: 4_000 } as RouteHealth,
      },
      ['run_changed likely'],
    ],
    [
      'no change of the run where it answered in this one',
      {
        exposure: mapped,
        startedAt: 5_000,
        public: { ...down('public_not_found'), lastUpAt: 6_000 } as RouteHealth,
      },
      ['mapping_missing'],
    ],
    [
      'no change of the run where nobody knows when it began',
      { exposure: mapped, public: { ...down('public_not_found'), lastUpAt: 4_000 } as RouteHealth },
      ['mapping_missing'],
    ],
    [
      'a tunnel that is away and comes back by itself',
      {
        tunnelState: { kind: 'reconnecting', attempt: 2, nextAt: 0, error: { code: 'ssh_lost' } },
      },
      ['tunnel_away certain'],
    ],
    [
      'nothing of a tunnel that is away with its container',
      {
        containerRunning: false,
        tunnelState: { kind: 'reconnecting', attempt: 2, nextAt: 0, error: { code: 'ssh_lost' } },
      },
      [],
    ],
    [
      'a blocked SSH, and not merely a tunnel that is away',
      {
        exposure: mapped,
        public: up(401),
        tunnelState: { kind: 'reconnecting', attempt: 2, nextAt: 0, error: { code: 'ssh_timeout' } },
      },
      ['ssh_blocked likely'],
    ],
    [
      'a certificate that ends within two weeks',
      { exposure: mapped, public: withCertificate(13), now: 0 },
      ['certificate_expires certain'],
    ],
    [
      'somebody in between where a certificate that is not trusted was shown, even without a tunnel',
      {
        exposure: mapped,
        public: {
          ...down('tls_failed'),
          facts: { ...facts, tls: { issuer: 'CA', validTo: 0, fault: 'SELF_SIGNED' } },
        } as RouteHealth,
      },
      ['tls_intercepted likely'],
    ],
    [
      'nothing of a connection that was not encrypted for another reason, without a tunnel',
      { exposure: mapped, public: down('tls_failed') },
      [],
    ],
    ['nothing of one that holds for longer', { exposure: mapped, public: withCertificate(15), now: 0 }, []],
    [
      'a WebSocket that only the tunnel carries',
      { exposure: mapped, public: speaking('not_switched'), tunnel: speaking('switched') },
      ['websocket_not_passed likely'],
    ],
    [
      'nothing of a service that speaks no WebSocket at all',
      { exposure: mapped, public: speaking('not_switched'), tunnel: speaking('not_switched') },
      [],
    ],
    [
      'not open to anyone where it was judged to ask for a login',
      { exposure: mapped, public: up(), isExposed: false },
      [],
    ],
    [
      'open to anyone where it has no page, and was judged to answer',
      { exposure: mapped, public: up(404), isExposed: true },
      ['open_to_anyone'],
    ],
    [
      'a changed key before everything else',
      {
        exposure: mapped,
        public: down('public_bad_gateway'),
        listens: { bind: 'loopback' },
        tunnelState: { kind: 'failed', error: { code: 'ssh_host_key_changed' } },
      },
      ['host_key_changed', 'bound_to_loopback'],
    ],
  ])('%s', (_name, part, expected) => {
    const found = findings({ ...base, ...part });
    const shown = expected.map((text) => text.split(' ')[0]);
    expect(found.map(({ code }) => code)).toEqual(shown);
    for (const [index, text] of expected.entries())
      if (text.includes(' ')) expect(found[index]?.sure).toBe(text.split(' ')[1]);
  });
});

describe('what the comparison measured', () => {
  const stream = (buffered: boolean): Partial<MeasuredRoute> => ({
    stream: { kind: 'measured', chunks: 9, firstMs: 1, lastMs: 2, buffered },
  });
  const socket = { kind: 'measured', ms: { p50: 1, p95: 1, p99: 1, count: 9 } } as const;
  it.each<
    [string, Partial<MeasuredRoute>, Partial<MeasuredRoute>, Pick<Finding, 'code' | 'params'> | undefined]
  >([
    [
      'a limit of time that the public route alone has',
      { long: { kind: 'cut', ms: 60_400 } },
      { long: { kind: 'passed', ms: 90_000 } },
      { code: 'gateway_time_limit', params: { seconds: 60 } },
    ],
    [
      'nothing of a limit that both have',
      { long: { kind: 'cut', ms: 1 } },
      { long: { kind: 'cut', ms: 1 } },
      undefined,
    ],
    ['a gateway that buffers', stream(true), stream(false), { code: 'gateway_buffers' }],
    ['nothing of a service that sends late itself', stream(true), stream(true), undefined],
    [
      'a WebSocket that is not passed',
      { socket: { kind: 'refused' } },
      { socket },
      { code: 'websocket_not_passed' },
    ],
    [
      'a limit of bodies',
      { body: { kind: 'limited', bytes: 1_048_576 } },
      { body: { kind: 'passed', bytes: 8_000_000 } },
      { code: 'body_limit', params: { megabytes: 1 } },
    ],
    [
      'an unsteady route that loses six of a hundred',
      { attempts: 100, answered: 94 },
      {},
      { code: 'public_unsteady', params: { percent: 94 } },
    ],
    ['nothing of one that loses five', { attempts: 100, answered: 95 }, {}, undefined],
    [
      'nothing where the tunnel loses some as well',
      { attempts: 10, answered: 5 },
      { answered: 9 },
      undefined,
    ],
  ])('shows %s', (_what, mapping, tunnel, expected) => {
    const measured = { public: makeRoute(10, mapping), tunnel: makeRoute(10, tunnel) };
    const found = findings({ ...base, exposure: mapped, public: up(401), tunnel: up(401), measured });
    expect(found.map(({ code, params }) => ({ code, ...(params && { params }) }))).toEqual(
      expected === undefined ? [] : [expected],
    );
    for (const { sure } of found) expect(sure).toBe('certain');
  });
});

describe('the line that makes a service listen for everybody', () => {
  it.each([
    [{ kindName: 'Gradio 6.25', port: 7861 }, 'server_port=7861'],
    [{ process: 'jupyter-lab', port: 8889 }, '--ip 0.0.0.0 --port 8889'],
    [{ kindName: 'Something', process: 'ollama', port: 11434 }, 'OLLAMA_HOST=0.0.0.0:11434'],
    [{ port: 9000 }, '--host 0.0.0.0 --port 9000'],
  ])('of %j', (service, part) => {
    expect(fixFor(service).line).toContain(part);
  });

  it.each([
    ['Gradio 6.25', 'root', 'root_path="https://demo-web.gear.example"'],
    ['Gradio 6.25', 'login', 'auth='],
    ['vLLM', 'login', '--api-key'],
    ['SGLang', 'login', '--api-key'],
    ['Jupyter', 'origin', "allow_origin='https://demo-web.gear.example'"],
    ['Streamlit', 'origin', 'https://demo-web.gear.example'],
    ['Vite', 'origin', "allowedHosts: ['demo-web.gear.example']"],
    // Any Python program: options of Flask would be those of another one.
    ['python3', 'bind', '--host 0.0.0.0 --port 7860'],
    ['node', 'bind', "server.listen(7860, '0.0.0.0')"],
    ['Python http.server', 'bind', 'python3 -m http.server 7860 --bind 0.0.0.0'],
    ['Ollama', 'origin', 'OLLAMA_HOST=0.0.0.0:7860 OLLAMA_ORIGINS=https://demo-web.gear.example'],
    ['Something', 'login', ''],
  ] as const)('for %s, %s', (kindName, purpose, part) => {
    const { line } = fixFor({ kindName, port: 7860, url: 'https://demo-web.gear.example/' }, purpose);
    expect(line).toContain(part);
    if (part === '') expect(line).toBe('');
  });
});
