import { readPort } from '../../shared/platform-rules/index.ts';
import { secureRandom, silentLog, systemClock } from '../engine/base/effects.ts';
import { readFault, startLocalPlatform } from '../local-platform/index.ts';
import type { Command } from './command.ts';
import { exitStatus } from './io.ts';
import { readOptions } from './read-options.ts';
import { sentence } from './sentence.ts';

/** `gearway platform`: the local platform alone, until it is asked to end. */
export const run: Command = async ({ words: args }, io) => {
  const parsed = readOptions({
    args: [...args],
    options: {
      port: { type: 'string', default: '0' },
      'edge-port': { type: 'string', default: '0' },
      https: { type: 'boolean', default: false },
      'api-https': { type: 'boolean', default: false },
      domain: { type: 'string', default: 'gear.localhost' },
      state: { type: 'string' },
      fault: { type: 'string', multiple: true, default: [] },
      containers: { type: 'string', default: '0' },
      unverified: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  if (!parsed.ok) {
    io.note(`gearway platform: ${parsed.error}`);
    return exitStatus.wrongUsage;
  }
  const { values } = parsed.value;
  const ports = [values.port, values['edge-port']].map((typed) => (typed === '0' ? 0 : readPort(typed)));
  const [port, edgePort] = ports;
  if (port === undefined || edgePort === undefined) {
    io.note('gearway platform: a port is a number from 0 to 65535; 0 takes a free one.');
    return exitStatus.wrongUsage;
  }
  const faults = values.fault.map((text) => readFault(text));
  if (faults.includes(undefined)) {
    io.note('gearway platform: a fault is written as NAME:latencyMs=150,buffer; NAME * means every mapping.');
    return exitStatus.wrongUsage;
  }
  const crowd = /^[0-9]{1,5}$/.test(values.containers) ? Number(values.containers) : undefined;
  if (crowd === undefined) {
    io.note('gearway platform: --containers takes a number.');
    return exitStatus.wrongUsage;
  }
  const started = await startLocalPlatform({
    ...(crowd > 0 ? { containers: crowd } : {}),
    faults: Object.fromEntries(faults.flatMap((one) => (one === undefined ? [] : [[one.name, one.fault]]))),
    port,
    edgePort,
    https: values.https,
    apiHttps: values['api-https'],
    domain: values.domain,
    stateFolder: values.state,
    clock: systemClock,
    random: secureRandom,
    log: io.log ?? silentLog,
  });
  if (!started.ok) {
    io.fail(started.error.code, sentence(started.error));
    return exitStatus.failed;
  }
  if (values.unverified) started.value.setVerified(false);
  const { origin, gateway, edge, user, token, password, ca } = started.value;
  if (values.json)
    io.out(JSON.stringify({ event: 'ready', origin, gateway, edge, user, token, password, ca }));
  else {
    io.out(`origin    ${origin}`);
    io.out(`addresses ${edge.scheme}://${user}-NAME.${edge.domain}:${edge.port}`);
    io.out(`user      ${user}`);
    io.out(`token     ${token}`);
    io.out(`password  ${password}`);
  }
  await io.untilStopped();
  await started.value.stop();
  return exitStatus.done;
};
