import { exitStatus } from '../io.ts';
import { table, type VerbTools, verb } from '../verb.ts';

/** An engine of the command's own ends with it, and its file with its folder: only the Gearway that runs can keep names. */
const kept = (work: (tools: VerbTools) => Promise<number>) =>
  verb(async (tools) => {
    if (tools.engine.isAttached) return work(tools);
    tools.io.fail(
      'gearway_not_running',
      'start Gearway first, by its window or by gearway up: it keeps the names.',
    );
    return exitStatus.failed;
  });

export const show = kept(async ({ engine, answer, show: say }) =>
  answer(await engine.ask('sshAliases.show', {}), (seen) =>
    say(
      'ssh-config',
      seen,
      seen.installed ? `${seen.config} has the line` : `${seen.config} would get the line`,
      `  ${seen.line}`,
      ...(seen.keyFile === undefined ? [] : [`The login key is written to ${seen.keyFile}, for you alone.`]),
      `${seen.file} ${seen.installed ? 'holds' : 'would hold'}`,
      ...seen.text.split('\n').map((line) => `  ${line}`),
    ),
  ),
);
const change = (name: 'sshAliases.install' | 'sshAliases.remove') =>
  kept(async ({ engine, answer, show: say }) =>
    answer(await engine.ask(name, {}), (seen) =>
      say(
        'ssh-config',
        seen,
        ...(seen.installed
          ? table(
              ['NAME', 'LEADS TO'],
              seen.aliases.map(({ alias, place }) => [alias, place === '' ? 'not running' : place]),
            )
          : [`${seen.config} is as it was.`]),
      ),
    ),
  );
export const install = change('sshAliases.install');
export const remove = change('sshAliases.remove');
