import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, normalize, sep } from 'node:path';
import { readWords } from '../../shared/quoting/index.ts';
import type { Clock, Stop } from '../engine/base/effects.ts';

/** Where a task finds its code and leaves what it made. */
interface TaskFolders {
  readonly code?: string;
  readonly output: string;
}

/** A program that nobody runs takes so long. */
const pretendMs = 1_000;
const mostSleepMs = 3_600_000;
const mostFileBytes = 1_000_000;

/**
 * Carries out a task of the local platform: a few plain commands (`echo`, `cat`, `cp`, `sleep`, `true`, `false`, `exit`,
 * joined by `&&`, `;` or lines, with `>` into a file), and for anything else it says so and takes a moment. Programs of
 * this computer are never run: a task is typed for a machine far away. Paths stay in the task's own folders.
 */
export function runTask(options: {
  readonly command: string;
  readonly folders: () => TaskFolders;
  readonly clock: Clock;
  readonly say: (line: string) => void;
  readonly onEnd: (code: number) => void;
}): Stop {
  let stopped = false;
  let stopTimer: Stop | undefined;
  const rest = (ms: number) =>
    new Promise<void>((resolve) => {
      stopTimer = options.clock.after(ms, resolve);
    });

  async function step(line: string): Promise<number> {
    const words = readWords(line.replace(/(>{1,2})/, ' $1 '));
    if (words === undefined) return 2;
    const at = words.findIndex((word) => word === '>' || word === '>>');
    const [name = 'true', ...args] = at < 0 ? words : words.slice(0, at);
    const target = at < 0 ? undefined : words[at + 1];
    const folders = options.folders();
    const say = async (text: string) => {
      if (target === undefined) {
        for (const one of text.split('\n')) options.say(one);
        return 0;
      }
      const file = within(folders, target);
      if (file === undefined) return 1;
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, `${text}\n`, { flag: words[at] === '>>' ? 'a' : 'w' });
      return 0;
    };
    switch (name) {
      case 'echo':
        return say(args.join(' '));
      case 'cat': {
        const file = within(folders, args[0] ?? '');
        const text = file === undefined ? undefined : await readFile(file, 'utf8').catch(() => undefined);
        if (text === undefined) {
          options.say(`cat: ${args[0] ?? ''}: No such file or directory`);
          return 1;
        }
        return say(text.slice(0, mostFileBytes).replace(/\n$/, ''));
      }
      case 'cp': {
        const [from, to] = [args[0], args[1]].map((path) => within(folders, path ?? ''));
        if (from === undefined || to === undefined) return 1;
        return copyFile(from, to).then(
          () => 0,
          () => 1,
        );
      }
      case 'sleep':
        await rest(Math.min(mostSleepMs, Math.max(0, Number(args[0]) * 1_000 || 0)));
        return 0;
      case 'true':
      case 'cd':
      case 'mkdir':
        return 0;
      case 'false':
        return 1;
      default:
        options.say('A task of the local platform runs no program; this stands for it.');
        await rest(pretendMs);
        return 0;
    }
  }

  async function run() {
    let code = 0;
    for (const { line, needs } of readSteps(options.command)) {
      if (stopped) return;
      if (needs === 'success' && code !== 0) continue;
      const exit = /^exit(?:\s+([0-9]{1,3}))?$/.exec(line);
      if (exit !== null) {
        code = Number(exit[1] ?? code) & 255;
        break;
      }
      options.say(`$ ${line.slice(0, 2_000)}`);
      code = await step(line).catch(() => 1);
    }
    if (!stopped) options.onEnd(code);
  }

  void run();
  return () => {
    stopped = true;
    stopTimer?.();
  };
}

/** Steps outside of quotes. */
function readSteps(command: string): readonly { readonly line: string; readonly needs?: 'success' }[] {
  const steps: { line: string; needs?: 'success' }[] = [];
  let line = '';
  let quote = '';
  let needs: 'success' | undefined;
  const end = (next?: 'success') => {
    if (line.trim() !== '') steps.push({ line: line.trim(), ...(needs === undefined ? {} : { needs }) });
    line = '';
    needs = next;
  };
  for (let at = 0; at < command.length; at += 1) {
    const char = command[at] ?? '';
    if (quote !== '') {
      if (char === quote) quote = '';
      line += char;
    } else if (char === "'" || char === '"') {
      quote = char;
      line += char;
    } else if (char === ';' || char === '\n') end();
    else if (char === '&' && command[at + 1] === '&') {
      at += 1;
      end('success');
    } else line += char;
  }
  end();
  return steps;
}

/** `/output/…` is the output, everything else the code; `undefined` for what leads out of both. */
function within(folders: TaskFolders, typed: string): string | undefined {
  const isOutput = /^\/?(?:openbayes\/home|output)(?:\/|$)/.test(typed);
  const base = isOutput ? folders.output : (folders.code ?? folders.output);
  const rest = isOutput ? typed.replace(/^\/?(?:openbayes\/home|output)\/?/, '') : typed;
  const path = normalize(join(base, rest));
  return path.startsWith(`${base}${sep}`) ? path : undefined;
}
