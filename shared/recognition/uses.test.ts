import { expect, it } from 'vitest';
import type { Recognised, ServiceKind } from '../model/service-kind.ts';
import { isModelServer, usesOf } from './uses.ts';

const url = 'http://x.localhost:7000';
const tunnel = { host: '127.0.0.1', port: 5401 };
const known = (kind: ServiceKind): Recognised => ({ kind, name: kind });

it.each<[ServiceKind | undefined, 'page' | 'tunnel' | 'both' | 'neither', readonly string[]]>([
  ['redis', 'tunnel', ['redisCli redis-cli -h 127.0.0.1 -p 5401', 'redisUrl redis://127.0.0.1:5401/0']],
  [
    'postgresql',
    'tunnel',
    [
      'psql psql -h 127.0.0.1 -p 5401 -U postgres',
      'postgresUrl postgresql://postgres@127.0.0.1:5401/postgres',
    ],
  ],
  [
    'mysql',
    'tunnel',
    ['mysqlCli mysql -h 127.0.0.1 -P 5401 -u root -p', 'mysqlUrl mysql://root@127.0.0.1:5401/'],
  ],
  ['ssh', 'tunnel', ['sshCommand ssh -p 5401 root@127.0.0.1']],
  ['vnc', 'both', ['address 127.0.0.1:5401']],
  // A page of the proxy is no way to a database.
  ['redis', 'both', ['redisCli redis-cli -h 127.0.0.1 -p 5401', 'redisUrl redis://127.0.0.1:5401/0']],
  [
    'gradio',
    'page',
    [`open ${url}`, `gradioClient from gradio_client import Client\nclient = Client("${url}")`],
  ],
  ['ollama', 'both', [`model ${url}`, `open ${url}`, `ollamaEnv OLLAMA_HOST=${url}`]],
  ['vllm', 'page', [`model ${url}`, `open ${url}`]],
  ['openai', 'page', [`model ${url}`, `open ${url}`]],
  ['jupyter', 'both', [`open ${url}`]],
  [undefined, 'page', [`open ${url}`]],
  [undefined, 'tunnel', ['address 127.0.0.1:5401']],
  [undefined, 'neither', []],
  ['redis', 'neither', []],
])('%s by %s: %j', (kind, way, expected) => {
  const at = {
    ...(way === 'page' || way === 'both' ? { url } : {}),
    ...(way === 'tunnel' || way === 'both' ? { tunnel } : {}),
  };
  const uses = usesOf(kind === undefined ? undefined : known(kind), at);
  expect(
    uses.map((use) => (use.what === 'copy' ? `${use.id} ${use.text}` : `${use.what} ${use.url}`)),
  ).toEqual(expected);
});

it('what speaks the protocol of OpenAI is a server of models', () => {
  const kinds: readonly ServiceKind[] = ['vllm', 'sglang', 'llamacpp', 'ollama', 'openai', 'gradio', 'redis'];
  expect(kinds.filter((kind) => isModelServer(known(kind)))).toEqual([
    'vllm',
    'sglang',
    'llamacpp',
    'ollama',
    'openai',
  ]);
  expect(isModelServer(undefined)).toBe(false);
});
