// @ts-check
import { spawn } from 'node:child_process';
import { interrupted } from './interrupt.mjs';
import { root } from './paths.mjs';

/** Between the request to stop and the end by force, in ms. */
const patience = 10_000;

/**
 * Runs the program that the command was for, until it ends by itself or this process is told to stop.
 *
 * It has a process group of its own: Ctrl-C reaches everybody in the terminal's group, npm passes it on besides, and
 * Electron ends without cleaning up at the second one. So it is told once, by us.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {Readonly<Record<string, string>>} [env]
 * @returns {Promise<number>} the exit status; 0 when it ended because it was told to
 */
export function runInForeground(program, args, env = {}) {
  interrupted.throwIfAborted();
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: root,
      detached: process.platform !== 'win32',
      env: { ...process.env, ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    /** @type {NodeJS.Timeout | undefined} */
    let force;
    const stop = () => {
      child.kill('SIGTERM');
      force = setTimeout(() => child.kill('SIGKILL'), patience);
    };
    const abandon = () => child.kill('SIGKILL');
    interrupted.addEventListener('abort', stop, { once: true });
    process.once('exit', abandon);
    const settle = () => {
      clearTimeout(force);
      interrupted.removeEventListener('abort', stop);
      process.removeListener('exit', abandon);
    };
    child.once('error', (error) => {
      settle();
      reject(error);
    });
    child.once('exit', (code) => {
      settle();
      resolve(interrupted.aborted ? 0 : (code ?? 1));
    });
  });
}
