import { describe, expect, it, vi } from 'vitest';
import type { AgentsState } from '../../../shared/model/agent.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { createHandClock } from '../../testing/index.ts';
import { createAgents } from './agents.ts';

const signal = new AbortController().signal;
const agent = { name: 'Helper', session: 'a-conversation-of-one' };
const order = { agent, action: 'tunnels.open', input: { serviceId: 'c:80' } } as const;
const subject = { kind: 'service', id: 'c:80', name: 'web' } as const;

function setup(answer: Result<unknown> = ok(null)) {
  const clock = createHandClock();
  const take = vi.fn(async () => answer);
  let state: AgentsState = { questions: [], allowed: [], deeds: [] };
  let next = 0;
  const agents = createAgents({
    clock,
    newId: () => `q${next++}`,
    describe: async (_action, input) =>
      (input as { serviceId: string }).serviceId === 'c:80' ? ok({ subject }) : fail('service_not_found'),
    take,
    publish: (now) => {
      state = now;
    },
  });
  const asked = async () => {
    await vi.waitFor(() => expect(state.questions).toHaveLength(1));
    return state.questions[0]?.id ?? '';
  };
  return { ...agents, clock, take, asked, state: () => state };
}

describe('an agent that wants to act', () => {
  it('waits for the person, and acts once', async () => {
    const { handlers, take, asked, state } = setup();
    const done = handlers['agents.act'](order, signal);
    const id = await asked();
    expect(state().questions[0]).toMatchObject({ agent, action: 'tunnels.open', subject });
    expect(take).not.toHaveBeenCalled();
    expect(handlers['agents.answer']({ id, allow: 'once' }, signal)).toEqual(ok(null));
    expect(await done).toEqual(ok({ answer: null }));
    expect(take).toHaveBeenCalledWith('tunnels.open', { serviceId: 'c:80' }, signal);
    expect(state()).toMatchObject({ questions: [], allowed: [], deeds: [{ agent: 'Helper', subject }] });
    void handlers['agents.act'](order, signal);
    await asked();
    expect(take).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['no', 'agent_refused'],
    ['nobody', 'agent_unanswered'],
  ] as const)('does nothing when the person says %s', async (word, code) => {
    const { handlers, take, asked, state, clock } = setup();
    const done = handlers['agents.act'](order, signal);
    const id = await asked();
    if (word === 'no') handlers['agents.answer']({ id, allow: 'no' }, signal);
    else clock.pass(120_001);
    expect(await done).toEqual(fail(code));
    expect(take).not.toHaveBeenCalled();
    expect(state().deeds).toMatchObject([{ error: { code } }]);
  });

  it('acts for an hour where that was allowed, in this conversation only, until it is taken back', async () => {
    const { handlers, take, asked, state, clock } = setup();
    const first = handlers['agents.act'](order, signal);
    handlers['agents.answer']({ id: await asked(), allow: 'hour' }, signal);
    await first;
    expect(await handlers['agents.act'](order, signal)).toEqual(ok({ answer: null }));
    expect(take).toHaveBeenCalledTimes(2);
    const other = { ...order, agent: { ...agent, session: 'another-conversation' } };
    const asking = handlers['agents.act'](other, signal);
    handlers['agents.answer']({ id: await asked(), allow: 'no' }, signal);
    expect(await asking).toEqual(fail('agent_refused'));
    clock.pass(3_600_001);
    const late = handlers['agents.act'](order, signal);
    handlers['agents.answer']({ id: await asked(), allow: 'hour' }, signal);
    await late;
    handlers['agents.forbid']({}, signal);
    void handlers['agents.act'](order, signal);
    await asked();
    expect(state().allowed).toEqual([]);
  });

  it('is told what the action says, and asks nobody for what cannot be', async () => {
    const { handlers, take, asked, state } = setup(fail('ssh_unreachable'));
    expect(await handlers['agents.act']({ ...order, input: { serviceId: 'x' } }, signal)).toEqual(
      fail('service_not_found'),
    );
    expect(state().questions).toEqual([]);
    const done = handlers['agents.act'](order, signal);
    handlers['agents.answer']({ id: await asked(), allow: 'once' }, signal);
    expect(await done).toEqual(fail('ssh_unreachable'));
    expect(take).toHaveBeenCalledTimes(1);
    expect(state().deeds).toMatchObject([{ error: { code: 'ssh_unreachable' } }]);
  });

  it('that floods is refused, one that leaves is forgotten, and the end refuses all', async () => {
    const { handlers, state, stop } = setup();
    const leaving = new AbortController();
    const left = handlers['agents.act'](order, leaving.signal);
    const others = Array.from({ length: 4 }, () => handlers['agents.act'](order, signal));
    await vi.waitFor(() => expect(state().questions).toHaveLength(5));
    expect(await handlers['agents.act'](order, signal)).toEqual(fail('agent_waits'));
    leaving.abort();
    expect(await left).toEqual(fail('cancelled'));
    expect(state().questions).toHaveLength(4);
    stop();
    expect(await Promise.all(others)).toEqual(others.map(() => fail('agent_unanswered')));
    expect(handlers['agents.answer']({ id: 'q0', allow: 'once' }, signal)).toEqual(
      fail('agent_question_gone'),
    );
  });
});
