import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { assertNever } from '../../../shared/assert-never.ts';
import type { EngineState } from '../../../shared/contract/state.ts';
import type { FoundProgram } from '../../../shared/model/program.ts';
import { machineOf, type OpenTarget, serviceTarget, waysTo } from '../../../shared/open-in/index.ts';
import { quote } from '../../../shared/quoting/index.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { KnownProgram } from './known-programs.ts';

/** What the window names. */
export interface OpenInOrder {
  readonly of: 'container' | 'connection' | 'service';
  readonly id: string;
  readonly program: string;
}

/** Hands containers, connections and services to other programs of this computer. */
export interface OpenIn {
  /** Looks for programs again; what is found is told by `onFound`. */
  look(): Promise<void>;
  /** `program_absent`, `not_openable`, `program_not_started`, and what opening a tunnel or choosing an address may say. */
  open(order: OpenInOrder, signal: AbortSignal): Promise<Result<{ command: string }>>;
}

export function createOpenIn(options: {
  readonly find: () => Promise<readonly KnownProgram[]>;
  readonly onFound: (programs: readonly FoundProgram[]) => void;
  readonly engine: () => EngineState;
  readonly addressOf: (serviceId: string, signal: AbortSignal) => Promise<Result<{ url: string }>>;
  /** Starts it and leaves it alone; rejects when it cannot be started. */
  readonly start: (file: string, words: readonly string[]) => Promise<void>;
  readonly openAddress: (address: string) => Promise<void>;
}): OpenIn {
  let here: readonly KnownProgram[] = [];

  function targetOf({ of, id }: OpenInOrder): OpenTarget | undefined {
    const { containers, connections, services } = options.engine();
    const member = <T>(all: Readonly<Record<string, T>>) => (Object.hasOwn(all, id) ? all[id] : undefined);
    switch (of) {
      case 'container':
      case 'connection': {
        const machine = of === 'container' ? member(containers) : member(connections);
        return machine === undefined ? undefined : machineOf(machine);
      }
      case 'service': {
        const service = member(services);
        return service === undefined ? undefined : serviceTarget(service);
      }
      default:
        return assertNever(of, 'target');
    }
  }

  function run({ launcher }: KnownProgram, words: readonly string[]): Promise<void> {
    switch (launcher.how) {
      case 'words':
        return options.start(launcher.file, [...launcher.args, ...words]);
      case 'line':
        return options.start(launcher.file, [...launcher.args, words.map(quote).join(' ')]);
      case 'address':
        return options.openAddress(words[0] ?? '');
      case 'inTerminal': {
        const terminal = here.find(({ kind }) => kind === 'terminal');
        return terminal === undefined ? Promise.reject(new Error('no terminal')) : run(terminal, words);
      }
      default:
        return assertNever(launcher, 'launcher');
    }
  }

  return {
    async look() {
      here = await options.find();
      options.onFound(here.map(({ id, name, kind }) => ({ id, name, kind })));
    },
    async open(order, signal) {
      const program = here.find(({ id }) => id === order.program);
      if (program === undefined) return fail('program_absent');
      const target = targetOf(order);
      const way = target === undefined ? undefined : waysTo(target, [program])[0];
      if (way === undefined) return fail('not_openable');
      let { words } = way;
      if (program.kind === 'browser') {
        const address = await options.addressOf(order.id, signal);
        if (!address.ok) return address;
        words = [address.value.url];
      }
      try {
        await run(program, words);
        return ok({ command: words.map(quote).join(' ') });
      } catch {
        return fail('program_not_started', { params: { name: program.name } });
      }
    },
  };
}

/** Starts a program that outlives Gearway. Rejects when the system refuses to. */
export async function startAlone(file: string, words: readonly string[]): Promise<void> {
  // `.cmd` files of editors are run by Windows' shell only, and Node joins their words unquoted (nodejs.org, "Spawning
  // .bat and .cmd files on Windows"): such a program is given names of hosts and users only, which `machineOf` checked.
  const child = spawn(file, words, {
    detached: true,
    stdio: 'ignore',
    shell: process.platform === 'win32' && file.toLowerCase().endsWith('.cmd'),
  });
  await once(child, 'spawn');
  child.unref();
}
