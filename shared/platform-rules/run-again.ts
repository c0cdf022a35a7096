import type { Container } from '../model/container.ts';

/**
 * Can it run once more as it was? A workspace starts again; a task runs anew as another job, where the platform tells
 * its command. Nothing tells what a hyper-tuning consists of.
 */
export function canRunAgain({ mode, command }: Pick<Container, 'mode' | 'command'>): boolean {
  if (mode === 'WORKSPACE' || mode === 'BATCH_WORKSPACE') return true;
  return (mode === 'TASK' || mode === 'BATCH_TASK') && command !== undefined && command !== '';
}
