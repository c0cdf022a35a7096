import type { Capabilities } from './assemble.ts';

/** Ends every connection and timer: first what asks and works, then what carries, last what is kept. */
export async function stopEngine(engine: Capabilities): Promise<void> {
  const { launching, containers } = engine;
  engine.bin.stop();
  engine.comparisonQueue.stop();
  const audited = engine.audit.stop();
  engine.gates.stop();
  engine.looks.stop();
  launching.launchWatch.stop();
  engine.models.stop();
  engine.kinds.stop();
  engine.health.stop();
  engine.board.stop();
  containers.stop();
  await Promise.all([engine.availability.stop(), audited]);
  await engine.localFront.stop();
  await Promise.all([engine.tunnels.stop(), engine.borrowed.stop(), engine.connections.stop()]);
  await engine.ssh.stop();
  await engine.session.stop();
  await containers.flush();
  engine.published.flush();
}
