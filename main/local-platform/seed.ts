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
    datasets: seedDatasets(random, now),
    codes: [],
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

/** The channel in which the platform's own clients list and make everything. */
export const channel = 'BUSINESS_CHANNEL_ML';
const machineLearning = 'MACHINE_LEARNING';

const gigabyte = 1024 ** 3;
const noGpu = {
  verboseName: '',
  vendor: '',
  type: '',
  name: '',
  mode: '',
  memory: 0,
  group: '',
  description: '',
  count: 0,
};
const machine = (cores: number, memory: number) => ({
  type: 'cpu',
  memory: memory * gigabyte,
  cpu: { type: 'cpu', millicores: cores * 1000, count: cores },
  disk: { type: 'ssd', size: 50 * gigabyte },
  // No card is written as a card of which there are none: clients read its fields.
  gpu: noGpu,
  gpuResource: false,
  labels: [machineLearning] as string[],
});

export const resources = [
  {
    ...machine(2, 8),
    name: 'free-cpu',
    verboseName: 'CPU, 2 cores, free',
    labels: ['free', machineLearning],
  },
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

interface Runtime {
  /** As the list calls it. An order never names it so: it says framework and version. */
  readonly name: string;
  readonly framework: string;
  readonly version: string;
  /** `CONTAINER` or `VM`. */
  readonly type: string;
  /** In upper case, as the platform writes it. */
  readonly device: 'GPU' | 'CPU';
  readonly labels: readonly string[];
  readonly deprecated: boolean;
}

const runtime = (
  part: Pick<Runtime, 'name' | 'framework' | 'version' | 'device'> & Partial<Runtime>,
): Runtime => ({
  type: 'CONTAINER',
  labels: [machineLearning],
  deprecated: false,
  ...part,
});

export const runtimes: readonly Runtime[] = [
  runtime({ name: 'PyTorch 2.8 for CUDA 12.8', framework: 'pytorch', version: '2.8-2204', device: 'GPU' }),
  runtime({ name: 'PyTorch 2.8', framework: 'pytorch', version: '2.8-2204-cpu', device: 'CPU' }),
  runtime({ name: 'PyTorch 2.1', framework: 'pytorch', version: '2.1', device: 'GPU', deprecated: true }),
  runtime({ name: 'Ubuntu 22.04', framework: 'ubuntu', version: '22.04', device: 'GPU', type: 'VM' }),
];

/** As an order names a runtime. */
export const orderOf = ({ framework, version }: Pick<Runtime, 'framework' | 'version'>): string =>
  `${framework}-${version}`;

const seedDatasets = (random: Random, now: number): PlatformState['datasets'] =>
  Object.entries({ faces: 1, 'street-signs': 3 }).map(([name, count]) => ({
    id: drawText(random, 11),
    name,
    owner: 'demo',
    description: '',
    versions: Array.from({ length: count }, (_, index) => ({
      version: index + 1,
      createdAt: new Date(now - (count - index) * 86_400_000).toISOString(),
    })),
  }));

/** Data that everybody may read. */
export const publicDatasets = ['public/mnist/1', 'public/coco-2017/2'];
