import ssh2, {
  type AnyAuthMethod,
  type AuthHandlerMiddleware,
  type Client,
  type KeyboardInteractiveAuthMethod,
  type NextAuthHandler,
  type ParsedKey,
  type SignCallback,
  type SigningRequestOptions,
} from 'ssh2';
import type { AppError } from '../../../shared/result.ts';
import { Secret } from '../base/secret.ts';
import { offered, takeForeignKeys } from './foreign-key.ts';
import type { Identity, LoginByOffer, SshEndpoint } from './types.ts';

/** Signs in over one connection. */
export interface Login {
  readonly handler: AuthHandlerMiddleware;
  /** Hears what the server takes next: ssh2 tells it of some of its methods only. Called once ssh2 has its protocol. */
  hear(client: Client): void;
}

/**
 * Ways to sign in. With `byOffer` they are those of ssh(1), in its order and as the server asks for them: keys, what the
 * server asks, the password; several one after the other where the server wants several. Without: what the agent holds,
 * keys, the password, the answers to what the server asks. ssh2 starts with them only after the host key was accepted.
 * `onFinal` hears of what a person has to say first, and the login is over.
 */
export function createLogin(
  endpoint: SshEndpoint,
  signal: AbortSignal,
  onFinal: (error: AppError) => void,
): Login {
  return endpoint.byOffer === undefined
    ? fixedLogin(endpoint, signal)
    : loginByOffer(endpoint, endpoint.byOffer, signal, onFinal);
}

function fixedLogin(endpoint: SshEndpoint, signal: AbortSignal): Login {
  const { user: username, password, keys = [], agent, ask } = endpoint;
  const methods: AnyAuthMethod[] = [];
  if (agent !== undefined) methods.push({ type: 'agent', username, agent });
  for (const { text, passphrase } of keys)
    methods.push({ type: 'publickey', username, key: text.reveal(), passphrase: passphrase?.reveal() });
  if (password !== undefined) methods.push({ type: 'password', username, password: password.reveal() });
  if (password !== undefined || ask !== undefined)
    methods.push({ type: 'keyboard-interactive', username, prompt: answerer(endpoint, signal) });
  if (methods.length === 0) methods.push({ type: 'none', username });
  return {
    hear() {},
    handler(_left, _partial, next) {
      give(next, methods.shift());
    },
  };
}

/** A question that wants nothing but the password. */
const asksPassword = /pass\s?(?:word|wd)|密码|密碼|口令/i;

function loginByOffer(
  endpoint: SshEndpoint,
  { identities, takesPassword, asksAll = false }: LoginByOffer,
  signal: AbortSignal,
  onFinal: (error: AppError) => void,
): Login {
  const { user: username, host, port, password, ask } = endpoint;
  let offered: readonly string[] | undefined;
  /** A first of several factors was accepted. */
  let isPartly = false;
  let keys: Identity[] | undefined;
  let problem: AppError | undefined;
  let passwordUsed = false;
  let asked = 0;
  const place = { host, port };
  const finish = (error: AppError) => {
    if (!signal.aborted) onFinal({ ...error, params: { ...error.params, ...place } });
  };
  const refused = (): AppError => ({ code: 'ssh_login_refused', params: { ...place, user: username } });
  const mayAsk = () => takesPassword || isPartly;

  async function next(): Promise<AnyAuthMethod | undefined> {
    if (offered === undefined) return { type: 'none', username };
    if (offered.includes('publickey')) {
      if (keys === undefined) {
        const found = await identities();
        keys = [...found.list];
        ({ problem } = found);
      }
      const key = keys.shift();
      if (key !== undefined) return { type: 'agent', username, agent: new OneKey(key, finish) };
    }
    if (ask !== undefined && mayAsk() && offered.includes('keyboard-interactive') && asked < 3) {
      asked += 1;
      return { type: 'keyboard-interactive', username, prompt };
    }
    if (mayAsk() && offered.includes('password') && !passwordUsed) {
      if (password === undefined && asksAll && ask !== undefined) {
        passwordUsed = true;
        const question = { title: '', prompts: [{ text: 'Password:', echo: false }] };
        const [answer] = (await ask(question, signal)) ?? [];
        return { type: 'password', username, password: answer?.reveal() ?? '' };
      }
      if (password === undefined) {
        finish({ code: 'ssh_password_needed' });
        return undefined;
      }
      passwordUsed = true;
      return { type: 'password', username, password: password.reveal() };
    }
    finish(problem ?? refused());
    return undefined;
  }

  const ownAnswers = answerer({ ...endpoint, password: undefined }, signal);
  /** A password is asked for in its own place, where it can be kept; all else is asked as the server says it. */
  const prompt: KeyboardInteractiveAuthMethod['prompt'] = (name, instructions, language, prompts, answer) => {
    const [first] = prompts;
    const isPassword =
      takesPassword &&
      !asksAll &&
      prompts.length === 1 &&
      first?.echo !== true &&
      asksPassword.test(first?.prompt ?? '');
    if (!isPassword) ownAnswers(name, instructions, language, prompts, answer);
    else if (passwordUsed) finish(refused());
    else if (password === undefined) finish({ code: 'ssh_password_needed' });
    else {
      passwordUsed = true;
      answer([password.reveal()]);
    }
  };

  return {
    hear(client) {
      takeForeignKeys(client);
      const { _protocol } = client as unknown as { readonly _protocol: { readonly _handlers: Handlers } };
      const handlers = _protocol._handlers;
      const { USERAUTH_FAILURE } = handlers;
      handlers.USERAUTH_FAILURE = (protocol, methods, partial) => {
        offered = methods;
        if (partial) {
          isPartly = true;
          // What was asked before was the factor before.
          asked = 0;
        }
        USERAUTH_FAILURE.call(handlers, protocol, methods, partial);
      };
    },
    handler(_left, _partial, hand) {
      void next().then((method) => {
        if (method !== undefined && !signal.aborted) give(hand, method);
      });
    },
  };
}

/** What this module uses of ssh2 1.17 (`lib/client.js`). */
interface Handlers {
  USERAUTH_FAILURE(protocol: unknown, methods: readonly string[], partial: boolean): void;
}

/** `false` ends the login; the types of ssh2 do not say so. */
const give = (next: NextAuthHandler, method: AnyAuthMethod | undefined) =>
  next((method ?? false) as AnyAuthMethod);

/** One key as an agent of its own: ssh2 asks an agent for signatures only when the server would take them. */
class OneKey extends ssh2.BaseAgent {
  readonly #key: Identity;
  readonly #onFinal: (error: AppError) => void;

  constructor(key: Identity, onFinal: (error: AppError) => void) {
    super();
    this.#key = key;
    this.#onFinal = onFinal;
  }

  override getIdentities(call: (error: Error | undefined, keys?: (Buffer | ParsedKey)[]) => void) {
    call(undefined, [offered(this.#key)]);
  }

  override sign(
    _key: unknown,
    data: Buffer,
    second: SigningRequestOptions | SignCallback,
    third?: SignCallback,
  ): void {
    const call = typeof second === 'function' ? second : third;
    const hash = typeof second === 'object' ? second.hash : undefined;
    void this.#key.sign(data, hash).then((signed) => {
      if (signed.ok) call?.(undefined, signed.value);
      else if (signed.error.code.startsWith('ssh_passphrase')) this.#onFinal(signed.error);
      else call?.(new Error(signed.error.code));
    });
  }
}

/** The password answers the first hidden question; a person is asked the rest, where one is there. */
function answerer(endpoint: SshEndpoint, signal: AbortSignal): KeyboardInteractiveAuthMethod['prompt'] {
  const { password, ask } = endpoint;
  let passwordUsed = false;
  return (name, instructions, _language, prompts, answer) => {
    const [first] = prompts;
    const reply = (answers: readonly Secret[]) => answer(answers.map((text) => text.reveal()));
    if (prompts.length === 0) answer([]);
    else if (password !== undefined && !passwordUsed && prompts.length === 1 && first?.echo !== true) {
      passwordUsed = true;
      reply([password]);
    } else if (ask === undefined) answer(prompts.map(() => ''));
    else {
      const question = {
        title: [name, instructions].filter(Boolean).join(': ').slice(0, 500),
        prompts: prompts.map(({ prompt, echo }) => ({ text: prompt.slice(0, 200), echo: echo === true })),
      };
      ask(question, signal).then(
        (answers) => {
          // The login is over: there is nobody to answer.
          if (!signal.aborted) reply(answers ?? prompts.map(() => new Secret('')));
        },
        () => answer(prompts.map(() => '')),
      );
    }
  };
}
