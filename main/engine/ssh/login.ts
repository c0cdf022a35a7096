import type { AnyAuthMethod, KeyboardInteractiveAuthMethod } from 'ssh2';
import { Secret } from '../base/secret.ts';
import type { SshEndpoint } from './types.ts';

/**
 * Ways to sign in, in the order in which they are tried: what the agent holds, keys, the password, the answers to what
 * the server asks. ssh2 starts with them only after the host key was accepted.
 */
export function loginMethods(endpoint: SshEndpoint, signal: AbortSignal): AnyAuthMethod[] {
  const { user: username, password, keys = [], agent, ask } = endpoint;
  const methods: AnyAuthMethod[] = [];
  if (agent !== undefined) methods.push({ type: 'agent', username, agent });
  for (const { text, passphrase } of keys)
    methods.push({ type: 'publickey', username, key: text.reveal(), passphrase: passphrase?.reveal() });
  if (password !== undefined) methods.push({ type: 'password', username, password: password.reveal() });
  if (password !== undefined || ask !== undefined)
    methods.push({ type: 'keyboard-interactive', username, prompt: answerer(endpoint, signal) });
  return methods.length > 0 ? methods : [{ type: 'none', username }];
}

/** The password answers the first hidden question; a person is asked the rest, where one is there. */
function answerer(endpoint: SshEndpoint, signal: AbortSignal): KeyboardInteractiveAuthMethod['prompt'] {
  const { password, ask } = endpoint;
  let passwordUsed = false;
  return (name, instructions, _language, prompts, answer) => {
    const [first] = prompts;
    const give = (answers: readonly Secret[]) => answer(answers.map((text) => text.reveal()));
    if (prompts.length === 0) answer([]);
    else if (password !== undefined && !passwordUsed && prompts.length === 1 && first?.echo !== true) {
      passwordUsed = true;
      give([password]);
    } else if (ask === undefined) answer(prompts.map(() => ''));
    else {
      const question = {
        title: [name, instructions].filter(Boolean).join(': ').slice(0, 500),
        prompts: prompts.map(({ prompt, echo }) => ({ text: prompt.slice(0, 200), echo: echo === true })),
      };
      ask(question, signal).then(
        (answers) => {
          // The login is over: there is nobody to answer.
          if (!signal.aborted) give(answers ?? prompts.map(() => new Secret('')));
        },
        () => answer(prompts.map(() => '')),
      );
    }
  };
}
