import type { EngineState } from '../../shared/contract/state.ts';
import type { Connection } from '../../shared/model/connection.ts';
import type { Container } from '../../shared/model/container.ts';
import type { Service } from '../../shared/model/service.ts';
import type { Result } from '../../shared/result.ts';
import { shownLine } from '../../shared/shown-text.ts';
import type { Command } from './command.ts';
import type { EngineArguments } from './engine-options.ts';
import { findService } from './find-service.ts';
import { type CliIo, exitStatus } from './io.ts';
import { sentence } from './sentence.ts';
import { type CommandEngine, withEngine } from './with-engine.ts';

/** What a verb works with. */
export interface VerbTools extends EngineArguments {
  readonly engine: CommandEngine;
  readonly io: CliIo;
  /** The word at this place; empty where there is none. */
  word(place: number): string;
  /** An object for programs, or these lines for people. */
  show(event: string, value: object, ...lines: readonly string[]): number;
  /** What went wrong, or what `then` makes of the answer; without it a word that it is done. */
  answer<T>(result: Result<T>, then?: (value: T) => number): number;
}

/** How long what is named may take to be listed: an engine of the command's own begins with nothing. */
const findMs = 15_000;

/** A command that asks the engine. */
export const verb =
  (work: (tools: VerbTools) => Promise<number>): Command =>
  (typed, io) =>
    withEngine(typed, io, (engine, given) => {
      const { json } = given;
      const show = (event: string, value: object, ...lines: readonly string[]) => {
        if (json) io.out(JSON.stringify({ event, ...value }));
        else for (const line of lines) io.out(line);
        return exitStatus.done;
      };
      return work({
        ...given,
        engine,
        io,
        word: (place) => given.names[place] ?? '',
        show,
        answer(result, then) {
          if (!result.ok) {
            io.fail(result.error.code, sentence(result.error));
            return exitStatus.failed;
          }
          if (then !== undefined) return then(result.value);
          const undoId = engine.isAttached ? undoOf(result.value) : undefined;
          // For a minute it can be brought back.
          if (undoId === undefined) return show('done', {});
          if (!json) io.note(`Bring it back with: gearway undo ${undoId}`);
          return show('done', { undoId });
        },
      });
    });

/** What a removal answers, where the Gearway that runs keeps it. */
const undoOf = (value: unknown): string | undefined =>
  typeof value === 'object' && value !== null && 'undoId' in value && typeof value.undoId === 'string'
    ? value.undoId
    : undefined;

/** The same for what happens to one service, named as `gearway ls` shows it. */
export const serviceVerb = (work: (tools: VerbTools, service: Service) => Promise<number>): Command =>
  verb(async (tools) => {
    const find = (state: EngineState) => findService(state, tools.word(0));
    await tools.engine.until((state) => find(state) !== undefined, findMs);
    const service = find(tools.engine.state());
    if (service !== undefined) return work(tools, service);
    tools.io.fail('service_not_found', `no service is called ${tools.word(0)}.`);
    return exitStatus.failed;
  });

/** And for one container, by its name or its id. */
export const containerVerb = (work: (tools: VerbTools, container: Container) => Promise<number>): Command =>
  verb(async (tools) => {
    const find = ({ containers }: EngineState) =>
      Object.values(containers).find(({ id, name }) => id === tools.word(0) || name === tools.word(0));
    await tools.engine.until((state) => find(state) !== undefined, findMs);
    const container = find(tools.engine.state());
    if (container !== undefined) return work(tools, container);
    tools.io.fail('container_not_found', `no container is called ${tools.word(0)}.`);
    return exitStatus.failed;
  });

/** And for one connection. */
export const connectionVerb = (
  work: (tools: VerbTools, connection: Connection) => Promise<number>,
): Command =>
  verb(async (tools) => {
    const found = Object.values(tools.engine.state().connections).find(
      ({ id, name }) => id === tools.word(0) || name === tools.word(0),
    );
    if (found !== undefined) return work(tools, found);
    tools.io.fail('connection_not_found', `no connection is called ${tools.word(0)}.`);
    return exitStatus.failed;
  });

/** Waits until the platform has said which containers there are, or cannot. */
export const listed = (engine: CommandEngine): Promise<boolean> =>
  engine.until(
    ({ session }) => session.kind === 'none' || (session.kind === 'open' && session.reach.kind !== 'asking'),
    findMs,
  );

/** Columns as wide as what stands in them. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const all = [head, ...rows.map((row) => row.map(shownLine))];
  const widths = head.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  return all.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
