import type { Duplex } from 'node:stream';
import ssh2 from 'ssh2';
import type { Clock } from '../base/effects.ts';
import { readParts, wireNumber, wirePart } from './wire-strings.ts';

/**
 * Asks an SSH agent (draft-ietf-sshm-ssh-agent). ssh2's own client for it passes over certificates and keys on security
 * tokens, and loses what their signatures hold beyond ssh2's types.
 */
export interface AgentClient {
  /** Public parts, as they go over the wire; nothing where no agent answers. */
  keys(): Promise<readonly Buffer[] | undefined>;
  /** The signature with its type before it; nothing where the agent does not sign. */
  sign(blob: Buffer, data: Buffer, hash: string | undefined): Promise<Buffer | undefined>;
}

const mostBytes = 256 * 1024;
const mostKeys = 1_000;
const agentDeadlineMs = 5_000;
/** A person may have to touch a token or to confirm. */
const personDeadlineMs = 60_000;

const kinds = { list: 11, keys: 12, sign: 13, signature: 14 } as const;
const rsaFlags: Readonly<Record<string, number>> = { sha256: 2, sha512: 4 };

export function createAgentClient(socket: string, clock: Pick<Clock, 'after'>): AgentClient {
  const ask = (message: Buffer, wanted: number, ms: number) =>
    new Promise<Buffer | undefined>((resolve) => {
      let stream: Duplex | undefined;
      let isOver = false;
      const settle = (answer: Buffer | undefined) => {
        isOver = true;
        stop();
        stream?.destroy();
        resolve(answer);
      };
      const stop = clock.after(ms, () => settle(undefined));
      const listen = (opened: Duplex) => {
        stream = opened;
        opened.on('error', () => settle(undefined));
        if (isOver) {
          opened.destroy();
          return;
        }
        let heard = Buffer.alloc(0);
        opened.on('data', (chunk: Buffer) => {
          heard = Buffer.concat([heard, chunk]);
          const length = heard.length >= 5 ? heard.readUInt32BE(0) : 0;
          if (length > mostBytes) settle(undefined);
          else if (length > 0 && heard.length >= 4 + length)
            settle(heard[4] === wanted ? heard.subarray(5, 4 + length) : undefined);
        });
        opened.on('close', () => settle(undefined));
        opened.write(wirePart(message));
      };
      try {
        const agent = ssh2.createAgent(socket);
        agent.getStream?.((error, opened) => {
          if (opened === undefined || (error !== undefined && error !== null)) settle(undefined);
          else listen(opened as unknown as Duplex);
        });
      } catch {
        settle(undefined);
      }
    });

  return {
    async keys() {
      const answer = await ask(Buffer.from([kinds.list]), kinds.keys, agentDeadlineMs);
      if (answer === undefined) return undefined;
      const parts = readParts(answer);
      const count = Math.min(parts.number() ?? 0, mostKeys);
      const found: Buffer[] = [];
      for (let at = 0; at < count; at += 1) {
        const blob = parts.part();
        if (blob === undefined || parts.part() === undefined) break;
        found.push(Buffer.from(blob));
      }
      return found;
    },
    async sign(blob, data, hash) {
      const flags = hash === undefined ? 0 : (rsaFlags[hash] ?? 0);
      const message = Buffer.concat([
        Buffer.from([kinds.sign]),
        wirePart(blob),
        wirePart(data),
        wireNumber(flags),
      ]);
      const answer = await ask(message, kinds.signature, personDeadlineMs);
      return answer === undefined ? undefined : readParts(answer).part();
    },
  };
}
