import type { CommandSpec } from '../command.ts';
import { engine } from './options.ts';

const measures = () => import('../verbs/measures.ts');

/** Commands that find out: the audit, what the platform's API is like, what was measured before. */
export const measureCommands: readonly CommandSpec[] = [
  {
    name: ['audit'],
    args: '[services...]',
    does: 'ask public addresses, without a login, what they give to everybody',
    options: engine,
    examples: ['gearway audit', 'gearway audit gradio --json'],
    load: async () => (await measures()).audit,
  },
  {
    name: ['diagnose'],
    does: 'say what was found out about the API of the platform',
    options: engine,
    examples: ['gearway diagnose'],
    load: async () => (await measures()).diagnose,
  },
  {
    name: ['comparisons', 'run'],
    args: '[services...]',
    does: 'measure both routes of one service after the other; all that run where none is named',
    options: [...engine, ['--thorough', 'everything that can be measured, in two and a half minutes each']],
    examples: ['gearway comparisons run'],
    load: async () => (await measures()).compareAll,
  },
  {
    name: ['comparisons', 'ls'],
    args: '[service]',
    does: 'list comparisons: the newest of each service, or all of one',
    options: engine,
    examples: ['gearway comparisons ls gradio'],
    load: async () => (await measures()).comparisons,
  },
  {
    name: ['comparisons', 'show'],
    args: '<id>',
    does: 'print a comparison, without addresses and secrets',
    options: [...engine, ['--format <markdown|json>', 'markdown where left out']],
    examples: ['gearway comparisons show ID'],
    load: async () => (await measures()).showComparison,
  },
  {
    name: ['comparisons', 'forget'],
    args: '<id>',
    does: 'forget a comparison',
    options: engine,
    examples: ['gearway comparisons forget ID'],
    load: async () => (await measures()).forgetComparison,
  },
  {
    name: ['models', 'measure'],
    args: '<service> <model>',
    does: 'measure how fast a language model answers',
    options: [
      ...engine,
      ['--prompt <tokens>', 'of each question; 128 where left out'],
      ['--answer <tokens>', 'of each answer; 128 where left out'],
      ['--parallel <n>', 'questions at once; 1 where left out'],
    ],
    examples: ['gearway models measure vllm qwen --parallel 4'],
    load: async () => (await measures()).speed,
  },
  {
    name: ['inspector', 'clear'],
    args: '[service]',
    does: 'forget the requests',
    options: engine,
    examples: ['gearway inspector clear gradio'],
    load: async () => (await measures()).clearInspector,
  },
];
