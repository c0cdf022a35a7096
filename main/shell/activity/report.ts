import type { EngineState, ShellState } from '../../../shared/contract/state.ts';
import type { ActivityEvent } from '../../../shared/model/activity.ts';
import { shownLine } from '../../../shared/shown-text.ts';
import { serviceState } from '../../../shared/verdicts/index.ts';
import { activitySentence } from '../../../shared/words/activity-sentence.ts';
import type { Language } from '../../../shared/words/index.ts';

/** One line an event: time, level, sentence, code. */
export const activityText = (events: readonly ActivityEvent[], language: Language): string =>
  events.map((event) => `${shownLine(eventLine(event, language))}\n`).join('');

function eventLine(event: ActivityEvent, language: Language): string {
  const codes = [event.code, event.error?.code, event.error?.detail].filter((part) => part !== undefined);
  const times = event.times > 1 ? ` ×${event.times}` : '';
  return `${new Date(event.lastAt).toISOString()}  ${activitySentence(event, language)}${times}  [${codes.join(', ')}]`;
}

interface ReportParts {
  readonly now: number;
  readonly shell: ShellState;
  readonly engine: EngineState;
  readonly events: readonly ActivityEvent[];
  /** "linux 6.1 x64", "Electron 45.4.1"… by name. */
  readonly system: Readonly<Record<string, string | number>>;
  /** The end of the log, and the newest crash report. */
  readonly log: string;
  readonly crash: string | undefined;
  /** Exceptions that were caught at a process's door, in this run. */
  readonly faults: number;
  /** Texts that must not be in it wherever they come from. */
  readonly secrets: readonly string[];
}

/**
 * What a stranger needs to help: versions, settings, states, what happened. Written in English whatever the window
 * speaks. Nothing that could be a secret is put in, and what the keychain holds is taken out once more at the end.
 */
export function reportText({
  now,
  shell,
  engine,
  events,
  system,
  log,
  crash,
  faults,
  secrets,
}: ReportParts): string {
  const { session, proxy } = engine;
  const text = [
    section('Gearway', {
      version: shell.version,
      written: new Date(now).toISOString(),
      ...system,
      language: shell.language,
      secrets: shell.secrets,
      engine: `${shell.engine.kind}, ${shell.engine.restarts} restarts`,
      'faults that were caught': faults,
    }),
    section('Settings', {
      ...shell.settings,
      marked: `${shell.settings.marked.length} services`,
    }),
    section('Account', {
      session: session.kind,
      platform: session.kind === 'open' ? session.account.instance.kind : '',
      reach: session.kind === 'open' ? session.reach.kind : '',
      'local addresses':
        proxy.kind === 'listening' ? proxy.port : proxy.kind === 'failed' ? proxy.error.code : proxy.kind,
    }),
    lines(
      'Containers',
      Object.values(engine.containers).map(({ name, mode, status, look }) =>
        [name, mode, status.kind, `look ${look.kind}`].join('  '),
      ),
    ),
    lines(
      'Services',
      Object.values(engine.services).map((service) =>
        [
          `${service.name}:${service.port}`,
          service.protocol,
          serviceState(service),
          `public ${codesOf(service.health.public)}`,
          `tunnel ${service.tunnel.state.kind} ${codesOf(service.health.tunnel)}`,
          `route ${service.local?.route ?? 'none'}`,
          service.findings.map(({ code }) => code).join(','),
        ].join('  '),
      ),
    ),
    lines(
      'What happened, newest first',
      events.map((event) => eventLine(event, 'en')),
    ),
    lines('The last crash', crash === undefined ? [] : crash.trimEnd().split('\n')),
    lines('Log, newest last', log.trimEnd() === '' ? [] : log.trimEnd().split('\n')),
  ].join('\n');
  return withoutSecrets(text, secrets);
}

const codesOf = (health: { readonly state: string; readonly error?: { readonly code: string } }): string =>
  health.error === undefined ? health.state : `${health.state}(${health.error.code})`;

const section = (title: string, values: Readonly<Record<string, unknown>>): string =>
  lines(
    title,
    Object.entries(values).map(([name, value]) => `${name}: ${String(value)}`),
  );

/** What comes from elsewhere stays in its line and begins none, so that it makes no heading of its own. */
const lines = (title: string, all: readonly string[]): string =>
  `## ${title}\n\n${all.length === 0 ? 'none' : all.map((line) => inLine(shownLine(line))).join('\n')}\n`;

/** A line of Markdown that is a paragraph whatever it begins with. */
const inLine = (line: string): string => line.replace(/^\s*(?=[#>|=`~+*-]|\d+[.)])/, '\\');

/** Short ones are left: taking every "root" out would only hide words. The longest first, as one may hold another. */
function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret.length >= 6)
    .toSorted((a, b) => b.length - a.length)
    .reduce((clean, secret) => clean.replaceAll(secret, '[secret]'), text);
}
