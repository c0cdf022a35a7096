export { type Child, startChild } from './child.ts';
export { type Cleanup, createCleanup } from './cleanup.ts';
export { type FaultRelay, startFaultRelay } from './fault-relay.ts';
export { type GearwayCommand, runGearway } from './gearway.ts';
export { listenHttp } from './listen-http.ts';
export { canIsolate, loopback, type Machine, openMachine } from './machine.ts';
export { accepts, freePort } from './ports.ts';
export {
  type RealServer,
  type ServerPlace,
  startJupyter,
  startNginx,
  startPythonWeb,
  startRedis,
  startStarlette,
} from './servers.ts';
export { type SshServer, type SshServerOptions, startSshServer } from './ssh-server.ts';
export { until, within } from './until.ts';
