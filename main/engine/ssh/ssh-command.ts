import { fail, ok, type Result } from '../../../shared/result.ts';

export interface SshTarget {
  readonly user: string;
  readonly host: string;
  readonly port: number;
}

/**
 * Reads a login as people paste it: `ssh root@host -p 31612`, `ssh -p31612 root@host`, `root@host:31612`,
 * `ssh://root@[::1]:22`. Options that change nothing about the destination are passed over. `ssh_command_invalid`.
 */
export function readSshCommand(typed: string): Result<SshTarget> {
  const invalid = fail('ssh_command_invalid');
  const words = typed
    .trim()
    .replace(/^\$\s*/, '')
    .split(/\s+/);
  if (words[0] === 'ssh') words.shift();
  let port: number | undefined;
  let user: string | undefined;
  let destination: string | undefined;
  for (let word = words.shift(); word !== undefined && word !== ''; word = words.shift()) {
    const glued = /^-([pl])(.+)$/.exec(word);
    const option = glued?.[1] ?? /^-([pl])$/.exec(word)?.[1];
    if (option === 'p') port = Number(glued?.[2] ?? words.shift());
    else if (option === 'l') user = glued?.[2] ?? words.shift();
    else if (/^-[BbcDEeFIiJLmOoPQRSWw]$/.test(word)) words.shift();
    else if (word.startsWith('-')) continue;
    else if (destination === undefined) destination = word;
    else return invalid;
  }
  const found = /^(?:ssh:\/\/)?(?:([^@\s/]+)@)?(\[[0-9a-f:.]+\]|[^@\s/:[\]]+)(?::(\d{1,5}))?\/?$/i.exec(
    destination ?? '',
  );
  const host = found?.[2]?.replace(/^\[|\]$/g, '');
  const wanted = port ?? (found?.[3] === undefined ? 22 : Number(found[3]));
  const name = found?.[1] ?? user ?? 'root';
  if (host === undefined || !/^[\w.:%-]{1,253}$/.test(host) || host.startsWith('-')) return invalid;
  if (!/^[\w.@+-]{1,64}$/.test(name) || name.startsWith('-')) return invalid;
  return Number.isInteger(wanted) && wanted >= 1 && wanted <= 65535
    ? ok({ user: name, host, port: wanted })
    : invalid;
}
