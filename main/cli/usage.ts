import type { CliIo } from './io.ts';

/** Carries a command out; gives the exit status. */
export type Command = (args: readonly string[], io: CliIo) => Promise<number>;

export const usage = `gearway COMMAND [options]

  platform   run the local platform: an API, a public edge, containers, sample services
  tunnel     forward local ports through an SSH server
  proxy      put one stable local address in front of a public address and a tunnel
  ls         list services with their addresses and health
  open       print a service's address and open it in the browser
  compare    ask a service over both routes
  doctor     say what is wrong and what helps

ls, open, compare and doctor take --demo (the local platform) or a token in GEARWAY_TOKEN,
with --instance openbayes|hyperai|ORIGIN and, for an origin, --domain DOMAIN.
Every command takes --json: one JSON object a line, nothing else on standard output.
gearway COMMAND --help tells the options of one.`;

const signedIn = `  --demo                the local platform, without an account
  --instance NAME       openbayes (default), hyperai, or the address of another console
  --domain DOMAIN       of its public addresses, for another console
  GEARWAY_TOKEN         in the environment: the token of the account`;

/** The options of each command. */
const usageOf = {
  platform: `gearway platform [options]

  --port N              of the API; 0 (default) takes a free one
  --edge-port N         of the public addresses
  --https               public addresses with a certificate of its own
  --domain DOMAIN       of the public addresses; gear.localhost by default
  --state DIR           keeps its state there
  --containers N        N more containers, with services
  --fault NAME:FAULT    what goes wrong at a mapping, as in web:latencyMs=150,buffer; * means all
  --unverified          an account without real-name verification
  --json`,
  tunnel: `gearway tunnel 'ssh root@HOST -p PORT' -L [BIND:]LPORT:HOST:PORT [options]

  -L FORWARD            may be given several times; LPORT 0 takes a free port
  -i, --identity FILE   private key
  --password-env VAR    takes the password, or the passphrase of the key, from this variable
  --host-key SHA256:…   the key that the server must have
  --accept-new          or accept the first key that comes
  --json`,
  proxy: `gearway proxy --config FILE

  --config FILE         {"port":0,"services":[{"name":"gradio","route":"auto","public":"https://…","tunnel":"http://127.0.0.1:5405"}]}
  --json`,
  ls: `gearway ls [options]

${signedIn}
  --watch               goes on, a line at each change
  --json`,
  open: `gearway open NAME [options]

${signedIn}
  --json`,
  compare: `gearway compare NAME [options]

${signedIn}
  --json`,
  doctor: `gearway doctor [options]

${signedIn}
  --json`,
} as const;
export type CommandName = keyof typeof usageOf;

export function isCommand(name: string): name is CommandName {
  return Object.hasOwn(usageOf, name);
}

/** What is shown to whoever asks for help with these words; `undefined` where nobody does. Behind `--` stand no options. */
export function helpOf([name = '', ...args]: readonly string[]): string | undefined {
  if (name === 'help') return isCommand(args[0] ?? '') ? helpOf([args[0] ?? '', '--help']) : usage;
  const end = args.indexOf('--');
  const options = [name, ...(end < 0 ? args : args.slice(0, end))];
  if (!options.some((word) => word === '--help' || word === '-h')) return undefined;
  return isCommand(name) ? usageOf[name] : usage;
}
