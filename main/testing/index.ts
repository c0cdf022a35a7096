export { startChild } from './child.ts';
export { type Cleanup, createCleanup } from './cleanup.ts';
export { startDropbear } from './dropbear.ts';
export { type FaultRelay, startFaultRelay } from './fault-relay.ts';
export { runGearway } from './gearway.ts';
export { growth, worstTexts } from './growth.ts';
export { createHandClock } from './hand-clock.ts';
export { listenHttp } from './listen-http.ts';
export { canIsolate, loopback, type Machine, openMachine } from './machine.ts';
export { openPage } from './open-page.ts';
export { accepts, freePort } from './ports.ts';
export { itWith, programFolders } from './programs.ts';
export { type PythonEnvironment, pythonEnvironment } from './python-environment.ts';
export { type RecordingProxy, startRecordingProxy } from './recording-proxy.ts';
export {
  startJupyter,
  startNginx,
  startPythonWeb,
  startRedis,
  startStarlette,
} from './servers.ts';
export { type SshServer, startSshServer } from './ssh-server.ts';
export { until, within } from './until.ts';
