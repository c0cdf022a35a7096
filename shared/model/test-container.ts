import type { Container } from './container.ts';

/** For tests: a running workspace without mappings, called `lab-{id}`; `part` says what differs. */
export const testContainer = (id: string, part: Partial<Container> = {}): Container => ({
  id,
  name: `lab-${id}`,
  projectId: 'p',
  mode: 'WORKSPACE',
  status: { kind: 'running' },
  runId: `${id}@1`,
  mappings: [],
  look: { kind: 'never' },
  ...part,
});
