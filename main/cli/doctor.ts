import type { EngineState } from '../../shared/contract/state.ts';
import type { AuditReport } from '../../shared/model/audit.ts';
import type { Finding, Service } from '../../shared/model/service.ts';
import { own } from '../../shared/own.ts';
import { findingTones, fixFor, fixPurposeOf } from '../../shared/verdicts/index.ts';
import { fill, words } from '../../shared/words/index.ts';
import type { Command } from './command.ts';
import { exitStatus } from './io.ts';
import { howSure, sentence } from './sentence.ts';
import { isSettled } from './settled.ts';
import { withEngine } from './with-engine.ts';

/** A first round of questions to the platform, its containers and both routes. */
const firstRoundMs = 20_000;
/** For all public addresses together. */
const auditMs = 60_000;

/**
 * `gearway doctor`: what is wrong with the platform's answer, the local addresses and each service, with how sure and
 * what helps; and which public addresses give something to anyone. For people on standard error; with `--json` one object a line. Finding something is no failure.
 */
export const run: Command = (typed, io) =>
  withEngine(typed, io, async (command, { json }) => {
    await command.until((state) => isSettled(state, Date.now()), firstRoundMs);
    const asked = await command.ask('audit.start', { serviceIds: [] });
    if (asked.ok) await command.until(({ audit }) => audit.kind === 'idle', auditMs);
    const state = command.state();
    let problems = 0;
    const tell = (event: object, text: string | undefined) => {
      if (json) io.out(JSON.stringify(event));
      else if (text !== undefined) io.note(text);
    };
    for (const check of checksOf(state)) {
      if (!check.ok) problems += 1;
      const { text, ...event } = check;
      tell({ event: 'check', ...event }, `${check.ok ? 'ok  ' : 'bad '} ${text}`);
    }
    for (const service of Object.values(state.services)) {
      for (const finding of service.findings) {
        if (findingTones[finding.code] !== 'info') problems += 1;
        const fix = fixOf(service, finding);
        tell(
          { event: 'finding', service: service.name, serviceId: service.id, ...finding, fix },
          // What it gives to anyone is told below, and how to close it.
          finding.code === 'open_to_anyone' && own(state.audits, service.id)?.verdict === 'open'
            ? undefined
            : findingText(service, finding, fix),
        );
      }
    }
    for (const report of Object.values(state.audits)) {
      const { id: serviceId, serviceName: service, url, verdict, things, fix } = report;
      if (verdict !== 'open' && verdict !== 'partly') continue;
      tell(
        { event: 'exposed', service, serviceId, url, verdict, things, fix: fix?.line },
        exposedText(report),
      );
    }
    tell(
      { event: 'done', services: Object.keys(state.services).length, problems },
      problems === 0 ? 'All well.' : problems === 1 ? '1 problem found.' : `${problems} problems found.`,
    );
    return exitStatus.done;
  });

interface Check {
  readonly what: 'platform' | 'proxy';
  readonly ok: boolean;
  readonly code?: string;
  readonly text: string;
}

function checksOf(state: EngineState): readonly Check[] {
  const { session, proxy } = state;
  const reach = session.kind === 'open' ? session.reach : undefined;
  const platform: Check =
    reach?.kind === 'failed'
      ? { what: 'platform', ok: false, code: reach.error.code, text: sentence(reach.error) }
      : { what: 'platform', ok: reach?.kind === 'answered', text: 'the platform answers' };
  const local: Check =
    proxy.kind === 'failed'
      ? { what: 'proxy', ok: false, code: proxy.error.code, text: sentence(proxy.error) }
      : { what: 'proxy', ok: proxy.kind === 'listening', text: 'local addresses are served' };
  return [platform, local];
}

const findingText = ({ name }: Service, { code, sure }: Finding, fix: string | undefined): string =>
  [
    `${name}: ${howSure(words.en.finding[code], sure)}`,
    ...(fix === undefined ? [] : [`    Fix: ${fix}`]),
  ].join('\n');

/** The exact line, where one helps. */
function fixOf(service: Service, { code, actions }: Finding): string | undefined {
  if (actions?.includes('show_fix') !== true) return undefined;
  const { line } = fixFor(
    {
      kindName: service.kindName,
      process: service.listens?.process,
      port: service.port,
      url: 'url' in service.exposure ? service.exposure.url : undefined,
    },
    fixPurposeOf(code),
  );
  return line === '' ? undefined : line;
}

/** Which address gives what to anyone, and how to close it. */
function exposedText({ serviceName, url, verdict, things, fix }: AuditReport): string {
  const { audit } = words.en.measure;
  const given = things.map(({ code, params }) => fill(audit.gives[code], params ?? {}) ?? code);
  return [
    `${serviceName}: ${audit.verdict[verdict]}: ${url}`,
    ...(given.length === 0 ? [] : [`    ${given.join('; ')}`]),
    `    ${fix === undefined ? audit.closeTunnel : `${audit.close} ${fix.line}`}`,
  ].join('\n');
}
