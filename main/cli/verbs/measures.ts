import type { EngineState } from '../../../shared/contract/state.ts';
import { textIn } from '../engine-options.ts';
import { findService } from '../find-service.ts';
import { exitStatus } from '../io.ts';
import { listed, serviceVerb, table, type VerbTools, verb } from '../verb.ts';
import { routeOf } from './models.ts';

/** The ids of services that the words name; a word that names none stays as it is, for the engine to refuse. */
async function named({ engine, names }: VerbTools): Promise<string[]> {
  await listed(engine);
  return names.map((typed) => findService(engine.state(), typed)?.id ?? typed);
}

/** What is under way may take this long for each service, in ms. */
const eachMs = 200_000;

/** Waits until what a request started has ended; the person's Ctrl-C takes it back. */
async function toItsEnd(
  { engine }: VerbTools,
  count: number,
  isIdle: (state: EngineState) => boolean,
  cancel: () => Promise<unknown>,
): Promise<void> {
  // Its state comes a moment after the answer.
  await engine.until((state) => !isIdle(state), 1_000);
  if (!(await engine.until(isIdle, Math.max(1, count) * eachMs))) await cancel();
}

export const audit = verb(async (tools) => {
  const { engine, answer, json, io, show } = tools;
  const serviceIds = await named(tools);
  const startedAt = Date.now();
  const started = await engine.ask('audit.start', { serviceIds });
  if (!started.ok) return answer(started);
  await toItsEnd(
    tools,
    started.value.count,
    (state) => state.audit.kind === 'idle',
    () => engine.ask('audit.cancel', {}),
  );
  const found = Object.values(engine.state().audits).filter(
    ({ id, at }) => at >= startedAt && (serviceIds.length === 0 || serviceIds.includes(id)),
  );
  if (json) {
    for (const report of found) io.out(JSON.stringify({ event: 'audit', ...report }));
    return exitStatus.done;
  }
  const rows = found.map(({ serviceName, verdict, things, url }) => [
    serviceName,
    verdict,
    things.map(({ code, path }) => `${code} ${path}`).join(', '),
    url,
  ]);
  return show('audits', {}, ...table(['SERVICE', 'VERDICT', 'GIVES', 'ADDRESS'], rows));
});

export const diagnose = verb(async ({ engine, answer, show }) => {
  await listed(engine);
  return answer(await engine.ask('session.diagnostics', {}), (found) =>
    show('diagnostics', found, found.text.trimEnd()),
  );
});

export const compareAll = verb(async (tools) => {
  const { engine, answer, options } = tools;
  const serviceIds = await named(tools);
  const started = await engine.ask('comparison.start', {
    serviceIds,
    ...(options.thorough === true ? { thorough: true } : {}),
  });
  if (!started.ok) return answer(started);
  await toItsEnd(
    tools,
    started.value.count,
    (state) => state.comparison.kind === 'idle',
    () => engine.ask('comparison.cancel', {}),
  );
  return showRecords(tools, await engine.ask('comparison.latest', {}));
});

export const comparisons = verb(async (tools) => {
  const [serviceId] = await named(tools);
  return showRecords(
    tools,
    serviceId === undefined
      ? await tools.engine.ask('comparison.latest', {})
      : await tools.engine.ask('comparison.history', { serviceId }),
  );
});

type Records = Awaited<ReturnType<typeof latest>>;
const latest = ({ engine }: VerbTools) => engine.ask('comparison.latest', {});

const showRecords = ({ answer, json, io, show }: VerbTools, asked: Records): number =>
  answer(asked, (records) => {
    if (json) {
      for (const record of records) io.out(JSON.stringify(record));
      return exitStatus.done;
    }
    const rows = records.map(({ serviceName, at, id }) => [serviceName, new Date(at).toISOString(), id]);
    return show('comparisons', {}, ...table(['SERVICE', 'AT', 'ID'], rows));
  });

export const showComparison = verb(async ({ engine, word, options, answer, show }) =>
  answer(
    await engine.ask('comparison.export', {
      id: word(0),
      format: textIn(options, 'format') === 'json' ? 'json' : 'markdown',
      language: 'en',
    }),
    (value) => show('comparison', value, value.text.trimEnd()),
  ),
);
export const forgetComparison = verb(async ({ engine, word, answer }) =>
  answer(await engine.ask('comparison.forget', { id: word(0) })),
);

export const speed = serviceVerb(async ({ engine, word, options, answer, io, show }, service) => {
  const count = (name: string, usual: number) => Number(textIn(options, name) ?? usual);
  const [prompt, most, parallel] = [count('prompt', 128), count('answer', 128), count('parallel', 1)];
  if (![prompt, most, parallel].every(Number.isSafeInteger)) {
    io.fail('bad_request', 'tokens and questions at once are whole numbers.');
    return exitStatus.wrongUsage;
  }
  const measured = await engine.ask('llm.measure', {
    serviceId: service.id,
    model: word(1),
    routes: [routeOf(service)],
    promptTokens: [prompt],
    parallel: [parallel],
    answerTokens: most,
  });
  if (!measured.ok) return answer(measured);
  const table = await engine.ask('llm.exportSpeed', { format: 'table' });
  return answer(table, ({ text }) => show('speed', measured.value, text.trimEnd()));
});

export const clearInspector = verb(async ({ engine, word, answer }) => {
  const found = word(0) === '' ? undefined : findService(engine.state(), word(0));
  return answer(
    await engine.ask('inspector.clear', word(0) === '' ? {} : { serviceId: found?.id ?? word(0) }),
  );
});
