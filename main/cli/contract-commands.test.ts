import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type EngineRequestName, type RequestName, requests } from '../../shared/contract/requests.ts';
import { commands } from './commands.ts';

/** The command by which a person reaches a request from a terminal, or why there is none. */
type Reach = `gearway ${string}` | { readonly none: string };

const dialog = { none: 'a file is chosen by a dialog of the system; the same text has a command of its own' };
const windowOnly = { none: 'it is about the window itself' };

const reach: Readonly<Record<RequestName, Reach>> = {
  'state.get': { none: 'whoever attaches follows the state' },
  'shell.state': windowOnly,
  'session.try': 'gearway ls',
  'session.signIn': 'gearway accounts sign-in',
  'session.signInWithPassword': { none: 'a script uses a token; a password belongs into a field' },
  'session.bayesAccounts': 'gearway accounts bayes',
  'session.importBayes': 'gearway accounts bayes',
  'session.switch': 'gearway accounts use',
  'session.renew': 'gearway accounts renew',
  'session.setParty': 'gearway accounts party',
  'session.signOut': 'gearway accounts sign-out',
  'session.forget': 'gearway accounts forget',
  'session.diagnostics': 'gearway diagnose',
  'containers.registerKey': 'gearway containers login-key',
  'containers.refresh': { none: 'lists are asked for as often as the platform allows' },
  'containers.start': 'gearway containers start',
  'containers.stop': 'gearway containers stop',
  'containers.restart': 'gearway containers restart',
  'containers.giveUp': { none: 'Ctrl-C ends the waiting of the command that waits' },
  'containers.look': 'gearway containers look',
  'containers.options': 'gearway containers options',
  'containers.create': 'gearway containers create',
  'containers.logs': 'gearway containers log',
  'mappings.add': 'gearway mappings add',
  'mappings.remove': 'gearway mappings remove',
  'mappings.discard': 'gearway mappings discard',
  'mappings.change': 'gearway mappings change',
  'mappings.copy': 'gearway mappings copy',
  'mappings.move': 'gearway mappings move',
  'mappings.applyTemplate': 'gearway templates apply',
  'mappings.note': 'gearway mappings note',
  'mappings.forgetNote': 'gearway mappings forget-note',
  'mappings.find': 'gearway mappings find',
  'templates.save': 'gearway templates save',
  'templates.remove': 'gearway templates remove',
  'services.add': 'gearway services add',
  'services.remove': 'gearway services remove',
  'services.check': 'gearway services check',
  'services.setRoute': 'gearway services route',
  'services.leaveAlone': 'gearway services alone',
  'services.setHeaders': 'gearway services headers',
  'services.setOwnPort': 'gearway services port',
  'services.setCrossSite': 'gearway services cross-site',
  'services.keepBodies': 'gearway services bodies',
  'services.setCredential': 'gearway services key',
  'services.forgetCredential': 'gearway services forget-key',
  'offers.answer': 'gearway services ignore',
  'services.address': 'gearway open',
  'services.compare': 'gearway compare',
  'proxy.resolves': { none: 'getent and nslookup answer it' },
  'proxy.setHttps': 'gearway local https',
  'proxy.setTrusted': 'gearway local trust',
  'inspector.list': 'gearway inspector ls',
  'inspector.get': 'gearway inspector show',
  'inspector.clear': 'gearway inspector clear',
  'inspector.curl': 'gearway inspector curl',
  'inspector.har': 'gearway inspector har',
  'inspector.replay': 'gearway inspector replay',
  'comparison.start': 'gearway comparisons run',
  'comparison.cancel': 'gearway comparisons run',
  'comparison.history': 'gearway comparisons ls',
  'comparison.latest': 'gearway comparisons ls',
  'comparison.forget': 'gearway comparisons forget',
  'comparison.export': 'gearway comparisons show',
  'audit.start': 'gearway audit',
  'audit.cancel': 'gearway audit',
  'tunnels.open': 'gearway tunnel open',
  'tunnels.close': 'gearway tunnel close',
  'tunnels.retry': 'gearway tunnel retry',
  'tunnels.survive': 'gearway tunnel survive',
  'hostKeys.accept': 'gearway containers accept-key',
  'connections.paste': 'gearway connections add',
  'connections.heed': { none: 'it puts a notice of the window away' },
  'connections.save': { none: 'connections add takes the whole ssh command' },
  'connections.remove': 'gearway connections remove',
  'connections.importable': 'gearway connections importable',
  'connections.import': 'gearway connections import',
  'connections.connect': 'gearway connections connect',
  'connections.disconnect': 'gearway connections disconnect',
  'connections.acceptKey': 'gearway connections accept-key',
  'connections.giveSecret': 'gearway connections secret',
  'connections.answer': { none: 'questions of a server are answered where they are read: in the window' },
  'forwards.save': 'gearway forwards add',
  'forwards.open': 'gearway forwards open',
  'forwards.close': 'gearway forwards close',
  'forwards.remove': 'gearway forwards remove',
  'forwards.retry': 'gearway forwards retry',
  'sshAliases.show': 'gearway ssh-config show',
  'sshAliases.install': 'gearway ssh-config install',
  'sshAliases.remove': 'gearway ssh-config remove',
  'sshAliases.endpoint': 'gearway ssh-proxy',
  'launch.preview': 'gearway launch start',
  'launch.start': 'gearway launch start',
  'launch.refresh': 'gearway containers look',
  'launch.stop': 'gearway launch stop',
  'launch.restart': 'gearway launch restart',
  'launch.remove': 'gearway launch remove',
  'launch.log': 'gearway launch log',
  'launch.search': 'gearway launch search',
  'launch.saveLog': { none: 'launch log prints it' },
  'recipes.save': { none: 'recipes import takes them from a file' },
  'recipes.remove': 'gearway recipes remove',
  'recipes.share': 'gearway recipes export',
  'recipes.take': 'gearway recipes import',
  'gate.plan': 'gearway share plan',
  'gate.share': 'gearway share',
  'gate.revoke': 'gearway share revoke',
  'gate.renew': 'gearway share renew',
  'gate.check': 'gearway share check',
  'gate.start': 'gearway share start',
  'gate.remove': 'gearway share remove',
  'llm.models': 'gearway models ls',
  'llm.chat': 'gearway models ask',
  'llm.stopChat': { none: 'Ctrl-C ends the answer' },
  'llm.forgetChat': 'gearway models ask',
  'llm.measure': 'gearway models measure',
  'llm.stopMeasuring': { none: 'Ctrl-C ends it' },
  'llm.exportSpeed': 'gearway models measure',
  'undo.putBack': 'gearway undo',
  'agents.act': 'gearway mcp',
  'agents.answer': { none: 'only the person in the window may allow an agent something' },
  'agents.forbid': { none: 'beside the question that it takes back, in the window' },
  'shell.open': 'gearway open',
  'shell.openPage': windowOnly,
  'shell.openIn': { none: 'its answer is the line for a terminal' },
  'shell.settings': windowOnly,
  'shell.resetSettings': windowOnly,
  'shell.mark': windowOnly,
  'shell.log': { none: 'commands have --log and --verbose' },
  'shell.showLogs': windowOnly,
  'shell.dismissNotices': windowOnly,
  'shell.activity': windowOnly,
  'shell.clearActivity': windowOnly,
  'shell.exportHar': dialog,
  'shell.save': dialog,
  'shell.saveComparison': dialog,
  'shell.export': { none: 'secrets are sealed by the keychain of the window: it alone can move them' },
  'shell.chooseImport': { none: 'as shell.export' },
  'shell.import': { none: 'as shell.export' },
};

const named = Object.entries(reach).flatMap(([request, by]) =>
  typeof by === 'string' ? [[request, by.split(' ').slice(1).join(' ')] as const] : [],
);
/** All that commands are made of, in one text. */
const sources = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.ts$/.test(name) && !/\.test\.ts$/.test(name))
  .map((name) => readFileSync(join(import.meta.dirname, name), 'utf8'))
  .join('\n');

describe('what the contract offers', () => {
  it.each(named)('%s is reached by gearway %s', (request, words) => {
    expect(commands.map(({ name }) => name.join(' '))).toContain(words);
    if (requests[request as RequestName].where === 'engine') expect(sources).toContain(`'${request}'`);
  });

  it('is reached, whatever it is, where the engine answers it', () => {
    const engine = Object.keys(requests).filter(
      (name): name is EngineRequestName => requests[name as RequestName].where === 'engine',
    );
    const left = engine.filter((name) => typeof reach[name] !== 'string');
    expect(left.length / engine.length).toBeLessThan(0.2);
  });
});
