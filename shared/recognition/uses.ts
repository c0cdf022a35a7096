import { modelKinds, type Recognised } from '../model/service-kind.ts';

/** Something to do with a service: open it, copy a line that uses it, or talk to its model. */
type ServiceUse =
  | { readonly what: 'open'; readonly url: string }
  | { readonly what: 'model'; readonly url: string }
  /** `id` names the program that takes the text: its words stand in the catalogue under `use.{id}`. */
  | { readonly what: 'copy'; readonly id: UseId; readonly text: string };

type UseId =
  | 'redisCli'
  | 'redisUrl'
  | 'psql'
  | 'postgresUrl'
  | 'mysqlCli'
  | 'mysqlUrl'
  | 'sshCommand'
  | 'ollamaEnv'
  | 'gradioClient'
  | 'address';

/** Does it speak OpenAI's protocol, so that its models can be talked to. */
export const isModelServer = (kind: Recognised | undefined): boolean =>
  kind !== undefined && modelKinds.has(kind.kind);

/** What can be done with what answers, given where it is reached from this computer. No secret is known, so none is in it. Pure. */
export function usesOf(
  kind: Recognised | undefined,
  at: { readonly url?: string; readonly tunnel?: { readonly host: string; readonly port: number } },
): readonly ServiceUse[] {
  const copy = (id: UseId, text: string): ServiceUse => ({ what: 'copy', id, text });
  const { url, tunnel } = at;
  if (tunnel !== undefined) {
    const { host, port } = tunnel;
    switch (kind?.kind) {
      case 'redis':
        return [
          copy('redisCli', `redis-cli -h ${host} -p ${port}`),
          copy('redisUrl', `redis://${host}:${port}/0`),
        ];
      case 'postgresql':
        return [
          copy('psql', `psql -h ${host} -p ${port} -U postgres`),
          copy('postgresUrl', `postgresql://postgres@${host}:${port}/postgres`),
        ];
      case 'mysql':
        return [
          copy('mysqlCli', `mysql -h ${host} -P ${port} -u root -p`),
          copy('mysqlUrl', `mysql://root@${host}:${port}/`),
        ];
      case 'ssh':
        return [copy('sshCommand', `ssh -p ${port} root@${host}`)];
      case 'vnc':
      case 'smtp':
      case 'ftp':
        return [copy('address', `${host}:${port}`)];
      default:
        break;
    }
  }
  if (url === undefined)
    return tunnel === undefined ? [] : [copy('address', `${tunnel.host}:${tunnel.port}`)];
  const uses: ServiceUse[] = [];
  if (isModelServer(kind)) uses.push({ what: 'model', url });
  uses.push({ what: 'open', url });
  if (kind?.kind === 'ollama') uses.push(copy('ollamaEnv', `OLLAMA_HOST=${url}`));
  if (kind?.kind === 'gradio')
    uses.push(
      copy('gradioClient', `from gradio_client import Client\nclient = Client(${JSON.stringify(url)})`),
    );
  return uses;
}
