import { describe, expect, it } from 'vitest';
import { type RequestName, requests } from '../../../shared/contract/requests.ts';
import type { Connection } from '../../../shared/model/connection.ts';
import type { Launch } from '../../../shared/model/launch.ts';
import type { Service } from '../../../shared/model/service.ts';
import type { AccountEntry } from '../../../shared/model/session.ts';
import { settingsSchema } from '../../../shared/model/settings.ts';
import { makeContainer, makeService } from '../../testing/make.ts';
import { wordsIn } from '../../words/use-words.ts';
import { commandGroups } from './commands.ts';
import type { Known } from './known.ts';

const byId = <T extends { readonly id: string }>(...all: readonly T[]) =>
  Object.fromEntries(all.map((one) => [one.id, one]));
const as = <T>(part: object): T => part as T;

/** Everything at once, in each state in which something can be done with it. */
const known: Known = {
  containers: byId(
    makeContainer({ pendingMappings: [{ port: 80 }] }),
    makeContainer({ id: 'asleep', status: { kind: 'ended', how: 'cancelled' }, ssh: undefined }),
    makeContainer({ id: 'busy', busy: 'starting' }),
  ),
  services: byId(
    makeService({ byHand: true }),
    makeService({
      id: 'abcdefghijkl:1',
      tunnel: as<Service['tunnel']>({ state: { kind: 'failed', error: { code: 'ssh_unreachable' } } }),
      local: as<Service['local']>({ choice: 'auto', details: { hasCredential: true } }),
    }),
  ),
  connections: byId(
    as<Connection>({
      id: 'idle',
      name: 'box',
      command: 'ssh box',
      state: { kind: 'idle' },
      forwards: ['closed', 'failed'].map((kind) => ({
        id: kind,
        direction: 'local',
        bind: '127.0.0.1',
        port: 1,
        tunnel: { state: { kind } },
      })),
    }),
    as<Connection>({
      id: 'up',
      name: 'up',
      command: 'ssh up',
      state: { kind: 'connected', since: 1 },
      forwards: [],
    }),
  ),
  launches: byId(
    as<Launch>({ id: 'c/a', name: 'a', state: { kind: 'running', since: 1, pids: [] } }),
    as<Launch>({ id: 'c/b', name: 'b', state: { kind: 'stopped', at: 1 } }),
  ),
  accounts: byId(
    ...['me', 'other'].map((id) =>
      as<AccountEntry>({
        id,
        open: id === 'me',
        account: { user: id, instance: { kind: 'local' } },
        parties: [{ id: 'org', name: 'Org' }],
      }),
    ),
  ),
  comparison: as<Known['comparison']>({ kind: 'running' }),
  audit: as<Known['audit']>({ kind: 'running' }),
  proxy: as<Known['proxy']>({ kind: 'listening', https: { authority: '', file: '' }, trusted: false }),
  settings: settingsSchema.parse({}),
  programs: [{ id: 'kitty', name: 'kitty', kind: 'terminal' }],
  places: [{ place: { kind: 'services' }, text: 'Services' }],
};
const commands = commandGroups(known, wordsIn('en')).flatMap((group) => group.commands);
const asked = new Set(
  commands.flatMap(({ deed }) =>
    deed.kind === 'ask' ? [deed.name] : deed.kind === 'confirm' ? [deed.question.order.name] : [],
  ),
);

/** What needs more than a press: the command that leads to where it is done, by how its id begins. */
const ledTo: Readonly<Partial<Record<RequestName, string>>> = {
  'session.signIn': 'new-account',
  'session.signInWithPassword': 'new-account',
  'session.importBayes': 'new-account',
  'session.diagnostics': 'diagnostics',
  'containers.create': 'new-container',
  'containers.registerKey': 'container ',
  'containers.logs': 'container ',
  'mappings.add': 'mappings ',
  'mappings.remove': 'mappings ',
  'mappings.change': 'mappings ',
  'mappings.copy': 'mappings ',
  'mappings.move': 'mappings ',
  'mappings.applyTemplate': 'mappings ',
  'mappings.note': 'mappings ',
  'mappings.forgetNote': 'mappings ',
  'templates.save': 'mappings ',
  'templates.remove': 'mappings ',
  'services.add': 'new-service',
  'mappings.find': 'new-service',
  'services.setHeaders': 'show ',
  'services.setOwnPort': 'show ',
  'services.setCrossSite': 'show ',
  'services.keepBodies': 'show ',
  'services.leaveAlone': 'show ',
  'services.setCredential': 'show ',
  'services.compare': 'show ',
  'inspector.replay': 'show ',
  'llm.chat': 'show ',
  'llm.measure': 'show ',
  'connections.save': 'new-connection',
  'connections.paste': 'new-connection',
  'connections.import': 'new-connections',
  'launch.start': 'launch ',
  'recipes.save': 'launch ',
  'recipes.remove': 'launch ',
  'recipes.take': 'launch ',
  'launch.search': 'log ',
  'shell.export': 'export',
  'shell.chooseImport': 'import',
  'shell.import': 'import',
};

const reads = 'only reads: a page asks it by itself';
const part = 'the other side asks it while it does something that is here';
const inPlace = 'answers a question that stands in the window, and is to be read there first';
const sheet = 'belongs to the sheet of one service: its page leads there';
const ofOne = 'is about one thing among many that have no name, on its own page';

/** What the palette does not have, and why. */
const left: Readonly<Partial<Record<RequestName, string>>> = {
  'state.get': reads,
  'shell.state': reads,
  'shell.activity': reads,
  'shell.log': reads,
  'session.bayesAccounts': reads,
  'containers.options': reads,
  'connections.importable': reads,
  'inspector.list': reads,
  'inspector.get': reads,
  'comparison.history': reads,
  'comparison.latest': reads,
  'launch.preview': reads,
  'gate.plan': reads,
  'gate.check': reads,
  'tunnels.survive': 'is a switch among the details of one service',
  'gate.share': sheet,
  'gate.revoke': sheet,
  'gate.renew': sheet,
  'gate.start': sheet,
  'gate.remove': sheet,
  'launch.log': reads,
  'llm.models': reads,
  'services.address': part,
  'inspector.har': part,
  'comparison.export': part,
  'proxy.resolves': part,
  'launch.saveLog': part,
  'recipes.share': part,
  'llm.exportSpeed': part,
  'llm.forgetChat': part,
  'session.try': 'is for who is not signed in: the palette is not there yet',
  'session.renew': inPlace,
  'hostKeys.accept': inPlace,
  'connections.acceptKey': inPlace,
  'connections.giveSecret': inPlace,
  'connections.answer': inPlace,
  'connections.heed': inPlace,
  'sshAliases.show': reads,
  'sshAliases.endpoint': reads,
  'sshAliases.install': 'changes a file of the person: the command line shows it first',
  'sshAliases.remove': 'changes a file of the person: the command line shows it first',
  'offers.answer': inPlace,
  'shell.dismissNotices': inPlace,
  'shell.showLogs': inPlace,
  'shell.openPage': inPlace,
  'undo.putBack': inPlace,
  'agents.answer': inPlace,
  'agents.forbid': 'stands in the settings while there is something to take back',
  'agents.act': 'is asked by agents, never by the window',
  'forwards.save': 'is typed at its connection',
  'llm.stopChat': 'stops what is being read, beside it',
  'llm.stopMeasuring': 'stops what is being read, beside it',
  'inspector.curl': ofOne,
  'comparison.forget': ofOne,
  'shell.saveComparison': ofOne,
};

describe('the palette and the contract', () => {
  it.each(Object.keys(requests) as RequestName[])('%s is a command, is led to, or says why not', (name) => {
    const ways = [asked.has(name), ledTo[name] !== undefined, left[name] !== undefined];
    expect(ways.filter(Boolean)).toHaveLength(1);
  });

  it.each(Object.entries(ledTo))('to %s leads the command "%s"', (_name, id) => {
    const leading = commands.filter((command) => command.id.startsWith(id));
    expect(leading.map(({ deed }) => deed.kind)).toContainEqual(expect.stringMatching(/^(go|show)$/));
  });

  it('removes nothing without its name, which the offer to undo it says', () => {
    const removals = commands.filter(
      ({ deed }) => deed.kind === 'ask' && /\.(remove|forget\w*|clear|discard|signOut)$/.test(deed.name),
    );
    expect(removals.length).toBeGreaterThan(6);
    expect(removals.filter(({ subject }) => subject === undefined)).toEqual([]);
  });

  it('gives every command an id of its own', () => {
    const ids = commands.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });
});
