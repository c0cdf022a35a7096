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
Every command takes --json: one JSON object a line, nothing else on standard output.`;
