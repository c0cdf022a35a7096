import { readdirSync } from 'node:fs';

const pipes = '\\\\.\\pipe\\';
const openSshPipe = 'openssh-ssh-agent';

/**
 * The agent that runs: the one that the environment names, on Windows else OpenSSH's pipe (learn.microsoft.com, OpenSSH
 * key management) and then Pageant's own (since PuTTY 0.77 `pageant.USER.HASH`; its `windows/utils/agent_named_pipe_name.c`).
 * Both speak OpenSSH's protocol. Pure.
 */
export function chooseAgent(seen: {
  readonly platform: NodeJS.Platform;
  readonly socket: string | undefined;
  readonly pipes: readonly string[];
  readonly userName: string;
}): string | undefined {
  if (seen.socket !== undefined && seen.socket !== '') return seen.socket;
  if (seen.platform !== 'win32') return undefined;
  if (seen.pipes.includes(openSshPipe)) return pipes + openSshPipe;
  const own = `pageant.${seen.userName}.`.toLowerCase();
  const pageant = seen.pipes.find(
    (name) => name.toLowerCase().startsWith(own) && /^[0-9a-f]{32,}$/i.test(name.slice(own.length)),
  );
  return pageant === undefined ? undefined : pipes + pageant;
}

/** Looked up each time: an agent may be started after Gearway. */
export function ownAgent(userName: string): string | undefined {
  const platform = process.platform;
  return chooseAgent({
    platform,
    socket: process.env.SSH_AUTH_SOCK,
    pipes: platform === 'win32' ? listPipes() : [],
    userName,
  });
}

function listPipes(): readonly string[] {
  try {
    return readdirSync(pipes);
  } catch {
    return [];
  }
}
