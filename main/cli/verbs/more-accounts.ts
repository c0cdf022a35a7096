import type { EngineState } from '../../../shared/contract/state.ts';
import type { Command } from '../command.ts';
import { textIn } from '../engine-options.ts';
import { exitStatus } from '../io.ts';
import { table, type VerbTools, verb } from '../verb.ts';
import { typedText } from './typed-text.ts';

const accountVerb = (
  work: (tools: VerbTools, account: EngineState['accounts'][string]) => Promise<number>,
): Command =>
  verb(async (tools) => {
    const typed = tools.word(0);
    const found = Object.values(tools.engine.state().accounts).find(
      ({ id, account }) => id === typed || account.user === typed,
    );
    if (found !== undefined) return work(tools, found);
    tools.io.fail('account_not_found', `no account is called ${typed}.`);
    return exitStatus.failed;
  });

export const forget = accountVerb(async ({ engine, answer }, { id }) =>
  answer(await engine.ask('session.forget', { accountId: id })),
);
export const renew = accountVerb(async ({ engine, answer }, { id }) =>
  answer(
    await engine.ask('session.renew', {
      accountId: id,
      token: (process.env.GEARWAY_TOKEN ?? (await typedText())).trim(),
    }),
    () => exitStatus.done,
  ),
);
export const party = accountVerb(async ({ engine, word, answer }, { id }) =>
  answer(
    await engine.ask('session.setParty', {
      accountId: id,
      ...(word(1) === '' ? {} : { partyId: word(1) }),
    }),
    () => exitStatus.done,
  ),
);

export const bayes = verb(async ({ engine, word, options, answer, show, json, io }) => {
  if (word(0) !== '') {
    const domain = textIn(options, 'domain');
    const opened = await engine.ask('session.importBayes', {
      name: word(0),
      ...(domain === undefined ? {} : { domain }),
    });
    return answer(opened, () => exitStatus.done);
  }
  return answer(await engine.ask('session.bayesAccounts', {}), ({ accounts }) => {
    if (json) {
      for (const account of accounts) io.out(JSON.stringify(account));
      return exitStatus.done;
    }
    const rows = accounts.map(({ name, user, origin }) => [name, user ?? '', origin]);
    return show('accounts', {}, ...table(['NAME', 'USER', 'CONSOLE'], rows));
  });
});

export const undo = verb(async ({ engine, word, answer }) =>
  answer(await engine.ask('undo.putBack', { undoId: word(0) })),
);
