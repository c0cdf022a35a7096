import { describe, expect, it } from 'vitest';
import { type RequestName, requests } from '../../shared/contract/requests.ts';
import type { EngineState } from '../../shared/contract/state.ts';
import { actionNames } from '../../shared/model/activity.ts';
import type { Connection } from '../../shared/model/connection.ts';
import { fail, ok } from '../../shared/result.ts';
import { actionHappening } from './action-happening.ts';
import { makeService, stateWith } from './testing/services.ts';

const engine = stateWith(makeService('web'));

/** What asks and changes nothing, answers a question that is shown, or does what a line of its own tells. */
const onlyLooks: readonly RequestName[] = [
  'state.get',
  'session.bayesAccounts',
  'session.diagnostics',
  'containers.refresh',
  'containers.giveUp',
  'containers.look',
  'containers.options',
  'containers.logs',
  'mappings.find',
  'services.check',
  'inspector.list',
  'inspector.get',
  'gate.plan',
  'gate.check',
  'inspector.curl',
  'inspector.har',
  'comparison.history',
  'comparison.latest',
  'comparison.export',
  'connections.importable',
  'connections.giveSecret',
  'connections.answer',
  'connections.heed',
  'sshAliases.endpoint',
  'sshAliases.show',
  'launch.preview',
  'launch.refresh',
  'launch.log',
  'launch.search',
  'recipes.share',
  'offers.answer',
  'llm.models',
  'llm.chat',
  'llm.stopChat',
  'llm.forgetChat',
  'llm.stopMeasuring',
  'llm.exportSpeed',
  'services.address',
  'proxy.resolves',
  'agents.act',
  'agents.answer',
  'agents.forbid',
  'shell.state',
  'shell.openPage',
  'shell.dismissNotices',
  'shell.activity',
  'shell.log',
  'shell.showLogs',
  'shell.clearActivity',
  'shell.chooseImport',
];

describe('a request in the list of what happened', () => {
  it('is told with the name of its subject', () => {
    expect(actionHappening('tunnels.open', { serviceId: 'c:web' }, engine)?.(ok(null))).toEqual({
      code: 'action_done',
      action: 'tunnels.open',
      subject: { kind: 'service', id: 'c:web', name: 'web' },
    });
    expect(
      actionHappening('tunnels.open', { serviceId: 'c:gone' }, engine)?.(fail('service_not_found')),
    ).toEqual({
      code: 'action_failed',
      action: 'tunnels.open',
      error: { code: 'service_not_found' },
    });
  });

  it('is no failure where it only asks for something', () => {
    expect(
      actionHappening('tunnels.open', { serviceId: 'c:web' }, engine)?.(fail('ssh_passphrase_needed')),
    ).toMatchObject({ code: 'action_asks', error: { code: 'ssh_passphrase_needed' } });
  });

  it('never tells what was typed', () => {
    const told = actionHappening('session.signIn', { token: 'very-secret' }, engine)?.(fail('token_refused'));
    expect(told).toMatchObject({ action: 'session.signIn' });
    expect(JSON.stringify(told)).not.toContain('very-secret');
  });

  it.each([
    ['services.address', ok(null)],
    ['state.get', ok(null)],
    ['services.compare', fail('cancelled')],
  ] as const)('leaves out %s', (name, result) => {
    expect(actionHappening(name, {}, engine)?.(result)).toBeUndefined();
  });

  it('names what it removed, and the connection of a forward', () => {
    const box = { id: 'k1', name: 'box', forwards: [{ id: 'f1' }] } as unknown as Connection;
    const withBox: EngineState = { ...engine, connections: { k1: box } };
    const subject = { kind: 'connection', id: 'k1', name: 'box' };
    expect(actionHappening('connections.remove', { id: 'k1' }, withBox)?.(ok(null))).toMatchObject({
      subject,
    });
    expect(actionHappening('forwards.open', { id: 'f1' }, withBox)?.(ok(null))).toMatchObject({ subject });
  });

  it('is one for everything that a person can order', () => {
    const named: readonly string[] = actionNames;
    const others = (Object.keys(requests) as RequestName[]).filter((name) => !named.includes(name));
    expect(others.sort()).toEqual([...onlyLooks].sort());
  });
});
