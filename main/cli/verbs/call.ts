import { isEngineRequestName } from '../../../shared/contract/requests.ts';
import { exitStatus } from '../io.ts';
import { sentence } from '../sentence.ts';
import { verb } from '../verb.ts';

/** Anything of the contract, for scripts that want what no word here gives. The engine checks the input. */
export const call = verb(async ({ engine, word, io }) => {
  const name = word(0);
  if (!isEngineRequestName(name)) {
    io.fail('bad_request', `the contract has no ${name}.`);
    return exitStatus.wrongUsage;
  }
  let input: object;
  try {
    input = JSON.parse(word(1) === '' ? '{}' : word(1));
  } catch {
    io.fail('bad_request', 'the input is no JSON.');
    return exitStatus.wrongUsage;
  }
  const said = await engine.ask(name, input as never);
  if (!said.ok) {
    io.fail(
      said.error.code,
      `${sentence(said.error)}${said.error.detail === undefined ? '' : ` (${said.error.detail})`}`,
    );
    return exitStatus.failed;
  }
  io.out(JSON.stringify(said.value));
  return exitStatus.done;
});
