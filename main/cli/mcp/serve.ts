import { randomUUID } from 'node:crypto';
import { McpServer } from '@modelcontextprotocol/server';
import { shownLine } from '../../../shared/shown-text.ts';
import { version } from '../../engine/base/version.ts';
import type { CommandEngine } from '../with-engine.ts';
import { changeTools } from './change-tools.ts';
import { foreignNote } from './foreign.ts';
import { readTools } from './read-tools.ts';

const instructions = `Gearway reaches services in GPU containers by a public mapping and by an SSH tunnel, and puts one local address in front. Reading is free; what changes something waits until the person allows it in Gearway's window. ${foreignNote}`;

/** A server of the Model Context Protocol over one engine; one a conversation, which is what a person allows. */
export function createMcpServer(engine: CommandEngine): McpServer {
  const server = new McpServer({ name: 'gearway', title: 'Gearway', version }, { instructions });
  const session = randomUUID();
  const agent = () => ({
    name:
      shownLine(server.server.getClientVersion()?.name ?? '')
        .trim()
        .slice(0, 60) || 'An agent',
    session,
  });
  for (const { name, title, description, reads, input, run } of [...readTools, ...changeTools])
    server.registerTool(
      name,
      {
        title,
        description,
        inputSchema: input,
        annotations: { readOnlyHint: reads, destructiveHint: !reads, openWorldHint: true },
      },
      (given: unknown) => run({ engine, agent }, given),
    );
  return server;
}
