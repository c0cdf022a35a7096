import { drawText, type Random } from '../engine/base/effects.ts';
import type { JobRecord, PlatformState } from './state.ts';

/** What a new local platform holds: something of every kind that the app can show. */
export function seedState(random: Random, now: number): PlatformState {
  const projects: PlatformState['projects'] = ['vision-lab', 'nightly-train', 'old-demo'].map((name) => ({
    id: drawText(random, 11),
    name,
  }));
  projects.push({ id: drawText(random, 11), name: 'team-demo', owner: seedOrg.id });
  const job = (index: number, part: Partial<JobRecord>): JobRecord => ({
    // As on the platform.
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
    verified: true,
    orgs: [seedOrg],
    limits: { 'free-cpu': 1, cpu: 20, 'rtx-4090': 8 },
    minutes: { 'free-cpu': 600, cpu: 6_000, 'rtx-4090': 1_200 },
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
      job(1, {
        mode: 'TASK',
        status: 'RUNNING',
        startedAt,
        command: 'python train.py --epochs 90',
        expiresAt: new Date(now + 12 * 3_600_000).toISOString(),
      }),
      job(2, { ports: [{ name: 'gradio', port: 7860 }], resource: 'cpu' }),
      job(3, { ports: [{ name: 'board', port: 8501 }], resource: 'cpu' }),
    ],
  };
}

const seedOrg = { id: 'open-lab', displayName: 'Open Lab', role: 'MEMBER' };

const gigabyte = 1024 ** 3;
const machine = (cores: number, memory: number) => ({
  type: 'cpu',
  memory: memory * gigabyte,
  cpu: { type: 'cpu', millicores: cores * 1000, count: cores },
  disk: { type: 'ssd', size: 50 * gigabyte },
  gpu: null,
  gpuResource: false,
  labels: [] as string[],
});

export const resources = [
  { ...machine(2, 8), name: 'free-cpu', verboseName: 'CPU, 2 cores, free', labels: ['free'] },
  { ...machine(4, 16), name: 'cpu', verboseName: 'CPU, 4 cores' },
  {
    ...machine(16, 60),
    name: 'rtx-4090',
    verboseName: 'RTX 4090',
    type: 'gpu',
    gpuResource: true,
    gpu: {
      verboseName: 'NVIDIA RTX 4090',
      vendor: 'nvidia',
      type: 'gpu',
      name: 'rtx-4090',
      mode: 'exclusive',
      memory: 24 * gigabyte,
      group: 'default',
      description: '',
      count: 1,
    },
  },
];

const runtime = (framework: string, version: string, device: string, deprecated = false) => ({
  name: `${framework}-${version}`,
  framework,
  version,
  device,
  labels: [] as string[],
  deprecated,
});

export const runtimes = [
  runtime('pytorch', '2.8-2204', 'gpu'),
  runtime('pytorch', '2.8-2204-cpu', 'cpu'),
  runtime('pytorch', '2.1', 'gpu', true),
];

/** What a job can be given to read; the names are those that its bindings carry. */
export const datasets = (user: string) => ({
  own: [`${user}/faces/1`, `${user}/street-signs/3`],
  public: ['public/mnist/1', 'public/coco-2017/2'],
});
