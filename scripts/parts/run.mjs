// @ts-check
import { spawn } from 'node:child_process';
import { interrupted } from './interrupt.mjs';
import { root } from './paths.mjs';
import { StepFailed } from './step-failed.mjs';

/**
 * @typedef {object} RunOptions
 * @property {Readonly<Record<string, string>>} [env] added to this process's environment
 * @property {string} [cwd] the checkout by default
 * @property {number} [deadline] ms until the program is stopped and counts as failed
 */

/** A captured program keeps this many characters of its output, the last ones. */
const kept = 20_000;

/**
 * Runs a program on this terminal.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<number>} its exit status; 127 when it cannot be started
 */
export async function runShown(program, args, options = {}) {
  return (await start(program, args, { ...options, stdio: ['ignore', 'inherit', 'inherit'] })).status;
}

/**
 * Runs a program and keeps what it prints.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<{ status: number, output: string }>}
 */
export function runCaptured(program, args, options = {}) {
  return start(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
}

/**
 * Runs a program that has to succeed; what it printed is shown only when it does not.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {RunOptions & { purpose: string }} options purpose: the failure's first words, as in "Installing packages"
 */
export async function runOrFail(program, args, options) {
  const { status, output } = await runCaptured(program, args, options);
  if (status !== 0) throw new StepFailed(`${output.trim()}\n${options.purpose} failed (status ${status}).`);
}

/**
 * npm itself, from the npm that started this script where there is one: on Windows `npm` alone cannot be spawned.
 * @param {readonly string[]} args
 * @returns {[program: string, args: readonly string[]]}
 */
export function npm(args) {
  const script = process.env.npm_execpath;
  return script?.endsWith('.js') ? [process.execPath, [script, ...args]] : ['npm', args];
}

/**
 * @param {string} program
 * @param {readonly string[]} args
 * @param {RunOptions & { stdio: import('node:child_process').StdioOptions }} options
 * @returns {Promise<{ status: number, output: string }>}
 */
function start(program, args, { env, cwd = root, deadline, stdio }) {
  interrupted.throwIfAborted();
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, stdio, env: { ...process.env, ...env } });
    let output = '';
    const collect = (/** @type {Buffer} */ chunk) => {
      output = (output + chunk.toString()).slice(-kept);
    };
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    const stop = () => child.kill('SIGTERM');
    const timer = deadline === undefined ? undefined : setTimeout(stop, deadline);
    interrupted.addEventListener('abort', stop);
    const settle = (/** @type {number} */ status) => {
      clearTimeout(timer);
      interrupted.removeEventListener('abort', stop);
      if (interrupted.aborted) reject(interrupted.reason);
      else resolve({ status, output });
    };
    child.once('error', (error) => {
      output += error.message;
      settle(127);
    });
    child.once('close', (code) => settle(code ?? 1));
  });
}
