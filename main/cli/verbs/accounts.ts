import { text } from 'node:stream/consumers';
import { attach, controlPlace } from '../../control/index.ts';
import { version } from '../../engine/base/version.ts';
import type { Command } from '../command.ts';
import { withToken } from '../engine-options.ts';
import { exitStatus } from '../io.ts';
import { sentence } from '../sentence.ts';
import { table, verb } from '../verb.ts';
import { dataFolderOf } from '../with-engine.ts';

export const list = verb(async ({ engine, json, io, show }) => {
  const { accounts, session } = engine.state();
  const open = session.kind === 'open' ? session.account.id : undefined;
  const all = Object.values(accounts);
  if (json) {
    for (const entry of all) io.out(JSON.stringify({ ...entry, open: entry.id === open }));
    return exitStatus.done;
  }
  const rows = all.map(({ id, account }) => [
    id === open ? '*' : '',
    account.user,
    account.instance.name,
    id,
  ]);
  return show('accounts', {}, ...table(['', 'USER', 'INSTANCE', 'ID'], rows));
});

export const use = verb(async ({ engine, word, io, answer }) => {
  const found = Object.values(engine.state().accounts).find(
    ({ id, account }) => id === word(0) || account.user === word(0),
  );
  if (found !== undefined)
    return answer(await engine.ask('session.switch', { accountId: found.id }), () => 0);
  io.fail('account_not_found', `no account is called ${word(0)}.`);
  return exitStatus.failed;
});

/** Into the Gearway that runs: an engine of the command's own would forget it at once. */
export const signIn: Command = async ({ options }, io) => {
  const found = await attach(controlPlace(dataFolderOf(options)), version);
  if (found.kind !== 'attached') {
    io.fail('not_running', 'no Gearway runs that could keep the account: start it, or run `gearway up`.');
    return exitStatus.failed;
  }
  const { engine } = found;
  try {
    const typed = process.env.GEARWAY_TOKEN ?? (process.stdin.isTTY ? '' : await text(process.stdin));
    if (typed.trim() === '') {
      io.fail('token_missing', 'give the token in GEARWAY_TOKEN, or on standard input.');
      return exitStatus.wrongUsage;
    }
    const life = new AbortController();
    void io.untilStopped().then(() => life.abort());
    const opened = await engine.ask('session.signIn', withToken(options, typed.trim()), life.signal);
    if (opened.ok) return exitStatus.done;
    io.fail(opened.error.code, sentence(opened.error));
    return exitStatus.failed;
  } finally {
    engine.leave();
  }
};

export const signOut = verb(async ({ engine, answer }) => answer(await engine.ask('session.signOut', {})));
