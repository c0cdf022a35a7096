import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { exitStatus } from '../io.ts';
import { createMcpServer } from '../mcp/serve.ts';
import { verb } from '../verb.ts';

/** Speaks the Model Context Protocol on standard input and output until the agent leaves or the person ends it. */
export const mcp = verb(async ({ engine, io }) => {
  const handle = serveStdio(() => createMcpServer(engine), {
    onerror: (error) => io.note(`gearway: ${error.message}`),
  });
  const left = new Promise<void>((resolve) => process.stdin.once('close', resolve));
  await Promise.race([left, io.untilStopped()]);
  await handle.close();
  return exitStatus.done;
});
