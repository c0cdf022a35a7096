import { describe, expect, it } from 'vitest';
import type { CreationOptions } from '../../../shared/model/creation.ts';
import { firstDraft, formOf, missingIn, runtimesFor } from './draft.ts';

const options: CreationOptions = {
  projects: [{ id: 'p1', name: 'vision-lab' }],
  resources: [
    { name: 'rtx-4090', label: 'RTX 4090', gpu: true, free: false },
    { name: 'cpu', label: 'CPU', gpu: false, free: true },
  ],
  runtimes: [
    { name: 'old-cpu', device: 'cpu', deprecated: true },
    { name: 'new-cpu', device: 'cpu', deprecated: false },
    { name: 'new-gpu', device: 'gpu', deprecated: false },
  ],
  datasets: [],
  missing: [],
};

describe('a container that is being typed', () => {
  it('begins as a workspace on what is free, with a runtime that fits', () => {
    expect(firstDraft(options)).toMatchObject({ mode: 'WORKSPACE', resource: 'cpu', runtime: 'new-cpu' });
  });

  it('offers the runtimes of the chosen machine, outdated ones last', () => {
    expect(runtimesFor(options, 'cpu').map(({ name }) => name)).toEqual(['new-cpu', 'old-cpu']);
    expect(runtimesFor(options, 'rtx-4090').map(({ name }) => name)).toEqual(['new-gpu']);
  });

  it('says what it still needs: a project, and a command where it is a task', () => {
    const draft = firstDraft(options);
    expect(missingIn(draft, true)).toBe('projectName');
    const named = { ...draft, projectName: ' lab ' };
    expect(missingIn(named, true)).toBeUndefined();
    expect(missingIn(named, false)).toBe('mapping');
    expect(missingIn({ ...named, mode: 'TASK' }, true)).toBe('command');
    expect(missingIn({ ...named, mode: 'TASK', command: 'python train.py' }, true)).toBeUndefined();
    expect(missingIn({ ...named, dataBindings: [{ name: '', path: '/x', auth: 'READ_ONLY' }] }, true)).toBe(
      'binding',
    );
  });

  it('is sent with what its kind has, and nothing more', () => {
    const draft = { ...firstDraft(options), projectId: 'p1', command: 'left over', size: '999' };
    expect(formOf(draft)).toMatchObject({ project: { id: 'p1' }, command: '', size: 1 });
    expect(formOf({ ...draft, mode: 'BATCH_TASK' })).toMatchObject({ command: 'left over', size: 64 });
  });
});
