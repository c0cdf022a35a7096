/** Programs that speak HTTP and nothing else, by the name of their process or by the words of their command line. */
const web =
  /(?:^|[\s/])(?:vllm|sglang(?:\.launch_server)?|gradio|streamlit|uvicorn|gunicorn|hypercorn|tensorboard|jupyter(?:[-_]?(?:lab|notebook|server|hub))?|mlflow|marimo|open-webui|ollama|llama-server|text-generation-(?:launcher|server)|nginx|caddy|apache2|httpd|lighttpd|traefik|code-server|http\.server|comfyui|label-studio|rstudio-server|grafana(?:-server)?|prometheus|vite|next-server)(?=$|[\s:/.])/i;

const greetings: readonly (readonly [RegExp, string])[] = [
  [/^(?:redis-server|valkey-server|keydb-server)/, 'redis'],
  [/^postgres(?:ql)?$/, 'postgresql'],
  [/^(?:mysqld|mariadbd)/, 'mysql'],
  [/^(?:sshd|dropbear)/, 'ssh'],
  [/^(?:Xvnc|Xtightvnc|Xtigervnc|x11vnc|vncserver)/i, 'vnc'],
];

/** The same by ports that are kept for them (IANA; VNC's first display), where the process is another user's. */
const ports: ReadonlyMap<number, string> = new Map([
  [21, 'ftp'],
  [22, 'ssh'],
  [25, 'smtp'],
  [3306, 'mysql'],
  [5432, 'postgresql'],
  [5901, 'vnc'],
  [6379, 'redis'],
]);

/** What listens in a container, as far as its tables name it. */
interface Named {
  readonly port: number;
  readonly process?: string;
  readonly command?: string;
}

/** Whether its name says that it speaks HTTP: only then may it be asked anything. Pure. */
export const isWebByName = ({ process = '', command = '' }: Named): boolean =>
  greetingByName({ port: 0, process }) === undefined && (web.test(process) || web.test(command));

/** The greeting that a server of this name would give, which need not be asked for; `undefined` for what is not known. Pure. */
export function greetingByName({ port, process }: Named): string | undefined {
  const named = process === undefined ? undefined : greetings.find(([name]) => name.test(process));
  return named === undefined ? ports.get(port) : named[1];
}
