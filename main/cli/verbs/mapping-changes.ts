import { randomUUID } from 'node:crypto';
import { mappingTemplateSchema } from '../../../shared/model/template.ts';
import { readPort } from '../../../shared/platform-rules/index.ts';
import type { Command } from '../command.ts';
import { exitStatus } from '../io.ts';
import { containerVerb, table, type VerbTools, verb } from '../verb.ts';
import { readPair } from './creating.ts';

/** The same for the port that the second word names. */
const portVerb = (work: (tools: VerbTools, containerId: string, port: number) => Promise<number>): Command =>
  containerVerb(async (tools, { id }) => {
    const port = readPort(tools.word(1));
    if (port !== undefined) return work(tools, id, port);
    tools.io.fail('port_invalid', `${tools.word(1)} is no port.`);
    return exitStatus.wrongUsage;
  });

export const change = portVerb(async ({ engine, word, answer }, containerId, oldPort) =>
  answer(await engine.ask('mappings.change', { containerId, oldPort, port: word(2), name: word(3) })),
);

const to = (name: 'mappings.copy' | 'mappings.move') =>
  portVerb(async ({ engine, word, answer, show, io }, containerId, port) => {
    const target = Object.values(engine.state().containers).find(
      (each) => each.id === word(2) || each.name === word(2),
    );
    if (target === undefined) {
      io.fail('container_not_found', `no container is called ${word(2)}.`);
      return exitStatus.failed;
    }
    return answer(await engine.ask(name, { containerId, port, to: target.id }), (mapping) =>
      show('mapping', mapping, `${mapping.port} ${mapping.name ?? ''}`.trim()),
    );
  });
export const copy = to('mappings.copy');
export const move = to('mappings.move');

export const find = verb(async ({ engine, word, answer, show }) =>
  answer(await engine.ask('mappings.find', { address: word(0) }), (found) =>
    show(
      'address',
      found,
      `${engine.state().containers[found.containerId]?.name ?? found.containerId} :${found.port}${found.mapped ? '' : ' (not mapped)'}`,
    ),
  ),
);
export const note = containerVerb(async ({ engine, word, answer }, { id }) =>
  answer(await engine.ask('mappings.note', { containerId: id, port: word(1), name: word(2) })),
);
export const forgetNote = portVerb(async ({ engine, answer }, containerId, port) =>
  answer(await engine.ask('mappings.forgetNote', { containerId, port })),
);

export const templateList = verb(async ({ engine, json, io, show }) => {
  const { templates } = engine.state();
  if (json) {
    for (const template of templates) io.out(JSON.stringify(template));
    return exitStatus.done;
  }
  const rows = templates.map(({ id, title, mappings }) => [
    title,
    mappings.map(({ port, name }) => `${port}${name === undefined ? '' : `:${name}`}`).join(' '),
    id,
  ]);
  return show('templates', {}, ...table(['TITLE', 'MAPPINGS', 'ID'], rows));
});

export const templateSave = verb(async ({ engine, names, word, answer, show, io }) => {
  const before = engine.state().templates.find(({ title }) => title === word(0));
  const read = mappingTemplateSchema.safeParse({
    id: before?.id ?? randomUUID(),
    title: word(0),
    mappings: names.slice(1).map((typed) => {
      const { port, name } = readPair(typed);
      return { port: readPort(port), ...(name === '' ? {} : { name }) };
    }),
  });
  if (!read.success) {
    io.fail('bad_request', 'write each mapping as PORT or PORT:NAME, five at most.');
    return exitStatus.wrongUsage;
  }
  return answer(await engine.ask('templates.save', read.data), () =>
    show('template', read.data, read.data.id),
  );
});

/** Its id: by its title for those of the person; those that Gearway brings are named by their id. */
const templateNamed = ({ engine }: VerbTools, typed: string): string =>
  engine.state().templates.find(({ id, title }) => id === typed || title === typed)?.id ?? typed;

export const templateApply = containerVerb(async (tools, { id }) =>
  tools.answer(
    await tools.engine.ask('mappings.applyTemplate', {
      containerId: id,
      templateId: templateNamed(tools, tools.word(1)),
    }),
    (value) =>
      tools.show(
        'template',
        value,
        ...value.added.map(({ port }) => `added ${port}`),
        ...value.skipped.map(({ mapping, error }) => `left out ${mapping.port}: ${error.code}`),
      ),
  ),
);
export const templateRemove = verb(async (tools) =>
  tools.answer(
    await tools.engine.ask('templates.remove', { templateId: templateNamed(tools, tools.word(0)) }),
  ),
);
