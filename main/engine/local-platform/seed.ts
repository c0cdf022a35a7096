import type { Random } from '../effects.ts';
import type { JobRecord, PlatformState } from './state.ts';

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** Ids of jobs are twelve small letters and digits, as on the platform. */
export const drawText = (random: Random, length: number): string =>
  Array.from({ length }, () => letters[Math.floor(random() * letters.length)]).join('');

/** What a new local platform holds: something of every kind that the app can show. */
export function seedState(random: Random, now: number): PlatformState {
  const projects = ['vision-lab', 'nightly-train', 'old-demo'].map((name) => ({
    id: drawText(random, 11),
    name,
  }));
  const job = (index: number, part: Partial<JobRecord>): JobRecord => ({
    id: drawText(random, 12),
    projectId: projects[index]?.id ?? '',
    mode: 'WORKSPACE',
    status: 'CANCELLED',
    createdAt: new Date(now - (index + 1) * 3_600_000).toISOString(),
    resource: 'rtx-4090',
    runtime: 'pytorch-2.8-2204',
    ports: [],
    ...part,
  });
  const startedAt = new Date(now).toISOString();
  return {
    user: 'demo',
    token: drawText(random, 40),
    password: drawText(random, 16),
    projects,
    keys: [],
    jobs: [
      job(0, {
        status: 'RUNNING',
        startedAt,
        ports: [
          { name: 'web', port: 7860 },
          { name: 'llm', port: 8080 },
          { name: 'notes', port: 7861 },
        ],
      }),
      job(1, { mode: 'TASK', status: 'RUNNING', startedAt, command: 'python train.py --epochs 90' }),
      job(2, { ports: [{ name: 'gradio', port: 7860 }], resource: 'cpu' }),
    ],
  };
}

export const resources = [
  { name: 'cpu', verboseName: 'CPU, 4 cores', type: 'cpu', memory: '16 GB', gpuResource: false, labels: [] },
  { name: 'rtx-4090', verboseName: 'RTX 4090', type: 'gpu', memory: '60 GB', gpuResource: true, labels: [] },
] as const;

export const runtimes = [
  {
    name: 'pytorch-2.8-2204',
    framework: 'pytorch',
    version: '2.8-2204',
    device: 'gpu',
    labels: [],
    deprecated: false,
  },
  {
    name: 'pytorch-2.8-2204-cpu',
    framework: 'pytorch',
    version: '2.8-2204-cpu',
    device: 'cpu',
    labels: [],
    deprecated: false,
  },
] as const;
