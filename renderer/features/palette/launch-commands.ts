import type { Launch } from '../../../shared/model/launch.ts';
import type { Words } from '../../words/use-words.ts';
import type { Command, Question } from './command.ts';

/** The log of a started service, its restart and its end; what ends or deletes something is asked about first. Pure. */
export function launchCommands(
  { id, name, state, busy }: Launch,
  { texts: { launch: texts, launchLog }, say, colon }: Words,
): readonly Command[] {
  const note = texts.title;
  const isRunning = state.kind === 'running';
  const command = (what: string, text: string, deed: Command['deed']): Command => ({
    id: `${what} ${id}`,
    text,
    note,
    deed,
  });
  const ask = (what: string, question: Omit<Question, 'danger' | 'title'>, title: string) =>
    command(what, `${question.action}${colon}${name}`, {
      kind: 'confirm',
      question: { ...question, title: say(title, { name }), danger: true },
    });
  return [
    command('log', say(texts.showLog, { name }), { kind: 'go', place: { kind: 'launch', id } }),
    command('save-log', `${launchLog.save}${colon}${say(launchLog.label, { name })}`, {
      kind: 'ask',
      name: 'shell.save',
      input: { kind: 'launchLog', subject: id },
    }),
    ...(busy === undefined
      ? [command('again', `${texts.restart} ${name}`, { kind: 'ask', name: 'launch.restart', input: { id } })]
      : []),
    isRunning
      ? ask(
          'stop',
          {
            text: busy === undefined ? texts.stopText : texts.forceText,
            action: busy === undefined ? texts.stop : texts.force,
            order: { kind: 'ask', name: 'launch.stop', input: { id, force: busy !== undefined } },
          },
          texts.stopTitle,
        )
      : ask(
          'forget',
          {
            text: texts.removeText,
            action: texts.remove,
            order: { kind: 'ask', name: 'launch.remove', input: { id } },
          },
          texts.removeTitle,
        ),
  ];
}
