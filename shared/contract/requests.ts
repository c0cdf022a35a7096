import { z } from 'zod';
import type { ActivityEvent } from '../model/activity.ts';
import type { ImportSummary } from '../model/backup.ts';
import type { Comparison } from '../model/comparison.ts';
import { type ConfiguredHost, forwardDirections, loginKinds } from '../model/connection.ts';
import type { Mapping } from '../model/container.ts';
import { type ContainerLog, type CreationOptions, newContainerSchema } from '../model/creation.ts';
import type { Exchange, ExchangeSummary, ReplayAnswer } from '../model/exchange.ts';
import { headerChoiceSchema } from '../model/headers.ts';
import type { LabRecord } from '../model/lab.ts';
import {
  type LogMatch,
  type LogPart,
  launchValuesSchema,
  ownRecipeSchema,
  recipeIdSchema,
} from '../model/launch.ts';
import {
  chatMessageSchema,
  type LanguageModel,
  llmRouteSchema,
  type SpeedReport,
  speedPlanSchema,
} from '../model/llm.ts';
import { portAnswerSchema } from '../model/memory.ts';
import { savedKinds } from '../model/saved-file.ts';
import { routeChoiceSchema } from '../model/service.ts';
import type { BayesAccount, Diagnostics, Session } from '../model/session.ts';
import { settingNames, settingsChangeSchema } from '../model/settings.ts';
import { mappingTemplateSchema } from '../model/template.ts';
import type { AppError, Result } from '../result.ts';
import type { Snapshot } from './state.ts';

/**
 * Every question and order that the window may send: where it goes, what it
 * carries (checked where it arrives), what comes back. This map is the whole
 * door of the window; handlers, preload and the window's client derive from it.
 */
const to =
  <Where extends 'engine' | 'shell'>(where: Where) =>
  <Answer>() =>
  <Input extends z.ZodType>(input: Input) => ({ where, input, answer: undefined as unknown as Answer });

const engine = to('engine');
const shell = to('shell');

const nothing = z.strictObject({});
const containerId = z.strictObject({ containerId: z.string().min(1).max(200) });
const serviceId = z.strictObject({ serviceId: z.string().min(1).max(200) });
const accountId = z.strictObject({ accountId: z.string().min(1).max(500) });
/** The instance, as typed: origin and domain with `private` only. */
const typedInstance = {
  instance: z.enum(['openbayes', 'hyperai', 'private']),
  origin: z.string().max(500).optional(),
  domain: z.string().max(300).optional(),
};
const port = z.int().min(1).max(65535);
const mappingOf = { containerId: z.string().min(1).max(200), port };
/** A picture of a comparison is some hundred kilobytes. */
export const mostPictureCharacters = 3_000_000;
const recordId = z.strictObject({ id: z.string().min(1).max(200) });
const launchId = z.string().min(1).max(300);
const chatId = z.string().min(1).max(100);
const launchOrder = z.strictObject({
  containerId: z.string().min(1).max(200),
  recipe: recipeIdSchema,
  name: z.string().max(200),
  values: launchValuesSchema,
});
/** Port and name come as typed: the rules, not the schema, say what is wrong with them. */
const typedMapping = z.strictObject({
  containerId: z.string().min(1).max(200),
  name: z.string().max(200),
  port: z.string().max(20),
});

const exchangeId = z.strictObject({ id: z.string().max(50) });
const exchangeFilter = z.strictObject({
  serviceId: z.string().max(200).optional(),
  text: z.string().max(500).optional(),
  only: z.enum(['failed', 'websocket', 'events']).optional(),
});

const shortId = z.strictObject({ id: z.string().min(1).max(60) });

export const requests = {
  'state.get': engine<Snapshot<'engine'>>()(nothing),
  'session.try': engine<Session>()(nothing),
  'session.signIn': engine<Session>()(
    z.strictObject({
      ...typedInstance,
      token: z.string().max(10_000),
    }),
  ),
  /** The password is exchanged for a token and kept nowhere. */
  'session.signInWithPassword': engine<Session>()(
    z.strictObject({
      ...typedInstance,
      username: z.string().max(300),
      password: z.string().max(1000),
    }),
  ),
  /** Accounts that the `bayes` command of this machine is signed in to; empty where there is none. */
  'session.bayesAccounts': engine<{ readonly accounts: readonly BayesAccount[] }>()(nothing),
  'session.importBayes': engine<Session>()(
    z.strictObject({
      name: z.string().min(1).max(300),
      /** As typed; for an instance that is not one of the public ones. */
      domain: z.string().max(300).optional(),
    }),
  ),
  /** Opens another account that is kept; the one that was open stays kept. */
  'session.switch': engine<Session>()(accountId),
  /** A new token for the same account, as pasted; or user name and password of it. */
  'session.renew': engine<Session>()(
    z.union([
      accountId.extend({ token: z.string().max(10_000) }),
      accountId.extend({ username: z.string().max(300), password: z.string().max(1000) }),
    ]),
  ),
  /** In whose name to work: an organisation, or without one the user. */
  'session.setParty': engine<Session>()(accountId.extend({ partyId: z.string().max(300).optional() })),
  /** Signs out of the open account and forgets it, its token and its tunnels. */
  'session.signOut': engine<null>()(nothing),
  /** The same for any account that is kept. */
  'session.forget': engine<null>()(accountId),
  /** What was found out about the platform's API; to show and to copy. */
  'session.diagnostics': engine<Diagnostics>()(nothing),
  'containers.refresh': engine<null>()(nothing),
  'containers.start': engine<null>()(containerId),
  'containers.stop': engine<null>()(containerId),
  'containers.restart': engine<null>()(containerId),
  'containers.look': engine<null>()(containerId),
  'containers.options': engine<CreationOptions>()(nothing),
  /** Bills, unless the machine is free: confirm it with what `containers.options` says of the machine. */
  'containers.create': engine<{ readonly containerId: string }>()(newContainerSchema),
  'containers.logs': engine<ContainerLog>()(containerId),
  'mappings.add': engine<null>()(typedMapping),
  'mappings.remove': engine<null>()(z.strictObject({ containerId: z.string().min(1), port: z.int() })),
  'mappings.discard': engine<null>()(containerId),
  'mappings.change': engine<null>()(typedMapping.extend({ oldPort: port })),
  /** To another container: the same port, under a free name. Gives the copy. */
  'mappings.copy': engine<Mapping>()(z.strictObject({ ...mappingOf, to: z.string().min(1).max(200) })),
  'mappings.move': engine<Mapping>()(z.strictObject({ ...mappingOf, to: z.string().min(1).max(200) })),
  /** A set by its id, built in or made by the person; what does not fit is left out and says why. */
  'mappings.applyTemplate': engine<{
    readonly added: readonly Mapping[];
    readonly skipped: readonly { readonly mapping: Mapping; readonly error: AppError }[];
  }>()(z.strictObject({ containerId: z.string().min(1).max(200), templateId: z.string().min(1).max(100) })),
  /** Notes what the platform has in effect and does not tell. */
  'mappings.note': engine<null>()(typedMapping),
  'mappings.forgetNote': engine<null>()(z.strictObject(mappingOf)),
  /** Finds whose address was pasted: named, unnamed or of the older form. */
  'mappings.find': engine<{
    readonly containerId: string;
    readonly port: number;
    readonly form: 'named' | 'unnamed' | 'legacy';
    /** Is it a mapping that is known, or only an address of the right form? */
    readonly mapped: boolean;
  }>()(z.strictObject({ address: z.string().max(3000) })),
  /** Makes a set, or replaces the one with this id. */
  'templates.save': engine<null>()(mappingTemplateSchema),
  'templates.remove': engine<null>()(z.strictObject({ templateId: z.string().min(1).max(100) })),
  'services.add': engine<{ serviceId: string }>()(
    z.strictObject({ containerId: z.string().min(1).max(200), port: z.string().max(20) }),
  ),
  'services.remove': engine<null>()(serviceId),
  'services.check': engine<null>()(serviceId),
  'services.setRoute': engine<null>()(
    z.strictObject({ serviceId: z.string().min(1).max(200), choice: routeChoiceSchema }),
  ),
  /** Which rules change headers for this service. */
  'services.setHeaders': engine<null>()(
    z.strictObject({ serviceId: z.string().min(1).max(200), headers: headerChoiceSchema }),
  ),
  /** A port of its own, as typed; empty takes a free one, left out closes it. `port_invalid`. */
  'services.setOwnPort': engine<null>()(
    z.strictObject({ serviceId: z.string().min(1).max(200), port: z.string().max(20).optional() }),
  ),
  'services.keepBodies': engine<null>()(
    z.strictObject({ serviceId: z.string().min(1).max(200), keep: z.boolean() }),
  ),
  /** A bearer key for requests of local programs; it goes to the keychain and never comes back. `credential_invalid`. */
  'services.setCredential': engine<null>()(
    z.strictObject({ serviceId: z.string().min(1).max(200), key: z.string().max(4_000) }),
  ),
  'services.forgetCredential': engine<null>()(serviceId),
  /** HTTPS at local addresses, by an authority that is made when it is first wanted. `authority_unavailable`. */
  'proxy.setHttps': engine<null>()(z.strictObject({ on: z.boolean() })),
  /**
   * Puts the authority among those that programs of this person trust, or takes it away; the system may ask the person.
   * `authority_unavailable` while HTTPS is off, `authority_not_installed`, `certutil_missing`, `cancelled`.
   */
  'proxy.setTrusted': engine<null>()(z.strictObject({ on: z.boolean() })),
  /** Exchanges newest first; with `after` only those that changed since that revision. */
  'inspector.list': engine<{
    readonly exchanges: readonly ExchangeSummary[];
    readonly revision: number;
  }>()(
    exchangeFilter.extend({
      after: z.int().min(0).optional(),
      limit: z.int().min(1).max(5_000).optional(),
    }),
  ),
  /** `exchange_not_found` when it is no longer remembered. */
  'inspector.get': engine<Exchange>()(exchangeId),
  'inspector.clear': engine<null>()(z.strictObject({ serviceId: z.string().max(200).optional() })),
  'inspector.curl': engine<{ command: string }>()(exchangeId),
  /** As HAR 1.2; the shell writes it to a file (`shell.exportHar`). */
  'inspector.har': engine<{ text: string; count: number }>()(
    exchangeFilter.extend({ version: z.string().max(50) }),
  ),
  /** `replay_unconfirmed` until `confirmed` for methods that may change something; `replay_body_unknown`, `replay_socket`. */
  'inspector.replay': engine<{ readonly answers: readonly ReplayAnswer[] }>()(
    z.strictObject({
      id: z.string().max(50),
      routes: z.enum(['same', 'both']),
      confirmed: z.boolean(),
    }),
  ),
  /** `lab`: everything that can be measured, in half a minute; `thorough`: in two and a half. */
  'services.compare': engine<Comparison>()(
    z.strictObject({
      serviceId: z.string().min(1).max(200),
      lab: z.boolean().optional(),
      thorough: z.boolean().optional(),
    }),
  ),
  /** Measures one service after the other; none named means all that run. `lab` in the state tells how far it is. */
  'lab.start': engine<{ count: number }>()(
    z.strictObject({
      serviceIds: z.array(z.string().min(1).max(200)).max(5_000),
      thorough: z.boolean().optional(),
    }),
  ),
  'lab.cancel': engine<null>()(nothing),
  /** Comparisons of one service, newest first. */
  'lab.history': engine<readonly LabRecord[]>()(serviceId),
  /** The newest comparison of each service that has one. */
  'lab.latest': engine<readonly LabRecord[]>()(nothing),
  'lab.forget': engine<null>()(recordId),
  /** A text without addresses and secrets, to be saved by the shell. */
  'lab.export': engine<{ fileName: string; text: string }>()(
    z.strictObject({
      id: z.string().min(1).max(200),
      format: z.enum(['markdown', 'json']),
      language: z.enum(['en', 'zh-CN']),
    }),
  ),
  /**
   * Asks public addresses, without a login, what they give to everybody; none named means all that are mapped. Only
   * reads. `audit` in the state tells how far it is, `audits` what was found. `service_not_found`, `public_absent`.
   */
  'audit.start': engine<{ count: number }>()(
    z.strictObject({ serviceIds: z.array(z.string().min(1).max(200)).max(5_000) }),
  ),
  'audit.cancel': engine<null>()(nothing),
  'tunnels.open': engine<null>()(
    z.strictObject({
      serviceId: z.string().min(1).max(200),
      /** As typed; empty takes the last one or a free one. */
      localPort: z.string().max(20).optional(),
    }),
  ),
  'tunnels.close': engine<null>()(serviceId),
  'tunnels.retry': engine<null>()(serviceId),
  /** A whole `ssh …` command: a connection with its forwards, none of them opened. `ssh_command_invalid`, `forward_invalid`. */
  'connections.paste': engine<{ id: string }>()(z.strictObject({ command: z.string().max(10_000) })),
  /** Makes a connection, or changes the one with this id; values as typed. An error names its field. */
  'connections.save': engine<{ id: string }>()(
    z.strictObject({
      id: z.string().min(1).max(60).optional(),
      name: z.string().max(200),
      host: z.string().max(300),
      port: z.string().max(20),
      user: z.string().max(100),
      login: z.enum(loginKinds),
      keyFile: z.string().max(1000).optional(),
      via: z.string().max(60).optional(),
    }),
  ),
  'connections.remove': engine<null>()(shortId),
  /** Hosts of the person's own SSH configuration. `ssh_config_unreadable`. */
  'connections.importable': engine<{ readonly hosts: readonly ConfiguredHost[] }>()(nothing),
  'connections.import': engine<{ readonly count: number }>()(
    z.strictObject({ aliases: z.array(z.string().max(100)).max(1_000) }),
  ),
  /** What a person has to say first is shown in the state as `need`. */
  'connections.connect': engine<null>()(shortId),
  /** Closes its forwards and the connection. */
  'connections.disconnect': engine<null>()(shortId),
  'connections.acceptKey': engine<null>()(shortId.extend({ fingerprint: z.string().max(200) })),
  /** Password or passphrase; with `keep` it goes to the keychain. It never comes back. */
  'connections.giveSecret': engine<null>()(
    shortId.extend({ secret: z.string().max(4_000), keep: z.boolean() }),
  ),
  'connections.answer': engine<null>()(shortId.extend({ answers: z.array(z.string().max(4_000)).max(50) })),
  /** Keeps a forward, or changes the one with this id, and opens it. `bind_not_confirmed` {bind}, `local_port_busy` {port, free, program, pid}. */
  'forwards.save': engine<{ id: string }>()(
    z.strictObject({
      connectionId: z.string().min(1).max(60),
      id: z.string().min(1).max(60).optional(),
      direction: z.enum(forwardDirections),
      forward: z.string().max(600),
      confirmed: z.boolean().optional(),
    }),
  ),
  'forwards.open': engine<null>()(shortId),
  'forwards.close': engine<null>()(shortId),
  'forwards.remove': engine<null>()(shortId),
  'forwards.retry': engine<null>()(shortId),
  /** The exact command, secrets hidden, and the values with their defaults; or the first rule that they break. */
  'launch.preview': engine<{ preview: string; values: Readonly<Record<string, string>> }>()(launchOrder),
  'launch.start': engine<{ id: string }>()(launchOrder),
  /** Asks the container what was started in it. */
  'launch.refresh': engine<null>()(containerId),
  /** Asks it to end and waits up to 10 s before it is forced; `force` waits for nothing. */
  'launch.stop': engine<null>()(z.strictObject({ id: launchId, force: z.boolean().optional() })),
  'launch.restart': engine<null>()(z.strictObject({ id: launchId })),
  /** Forgets one that ended, with its log. */
  'launch.remove': engine<null>()(z.strictObject({ id: launchId })),
  /** A part of a log from this byte on; below 0 its end. Asked again from `to` on, it is followed. */
  'launch.log': engine<LogPart>()(
    z.strictObject({
      id: launchId,
      from: z.int().min(-1),
      most: z.int().min(1).max(524_288),
      /** The log of the run before. */
      previous: z.boolean().optional(),
    }),
  ),
  'launch.search': engine<readonly LogMatch[]>()(z.strictObject({ id: launchId, text: z.string().max(500) })),
  /** Writes the whole log into a file of Gearway's own folder and names it. */
  'launch.saveLog': engine<{ file: string; bytes: number }>()(z.strictObject({ id: launchId })),
  'recipes.save': engine<{ id: string }>()(ownRecipeSchema.partial({ id: true })),
  'recipes.remove': engine<null>()(z.strictObject({ id: z.string().max(60) })),
  /** The text of a file with these recipes, or with all; secrets are not in it. */
  'recipes.share': engine<{ text: string }>()(
    z.strictObject({ ids: z.array(z.string().max(60)).max(200).optional() }),
  ),
  'recipes.take': engine<{ count: number }>()(z.strictObject({ text: z.string().max(2_000_000) })),
  /** `answered` for now and later, `ignored` for good; mapping or opening a tunnel answers by itself. */
  'offers.answer': engine<null>()(
    z.strictObject({ serviceId: z.string().min(1).max(200), how: portAnswerSchema }),
  ),
  /** The key that guards a model is the service's own: `services.setCredential`. */
  'llm.models': engine<readonly LanguageModel[]>()(
    z.strictObject({ serviceId: z.string().min(1).max(200), route: llmRouteSchema }),
  ),
  /** One answer. It is shown in the state's `chats` under this id as it comes; the request settles at its end. */
  'llm.chat': engine<null>()(
    z.strictObject({
      id: chatId,
      serviceId: z.string().min(1).max(200),
      route: llmRouteSchema,
      model: z.string().min(1).max(500),
      /** The whole conversation, a system prompt first where there is one. */
      messages: z.array(chatMessageSchema).min(1).max(500),
      temperature: z.number().min(0).max(2).optional(),
      maxTokens: z.int().min(1).max(200_000).optional(),
    }),
  ),
  'llm.stopChat': engine<null>()(z.strictObject({ id: chatId })),
  'llm.forgetChat': engine<null>()(z.strictObject({ id: chatId })),
  /** Progress is in the state's `speed`. */
  'llm.measure': engine<SpeedReport>()(speedPlanSchema),
  'llm.stopMeasuring': engine<null>()(nothing),
  'llm.exportSpeed': engine<{ text: string }>()(z.strictObject({ format: z.enum(['json', 'table']) })),
  'hostKeys.accept': engine<null>()(
    z.strictObject({ containerId: z.string().min(1).max(200), fingerprint: z.string().max(200) }),
  ),
  /** The one address to open, chosen by the engine; the shell asks this before it opens anything. */
  'services.address': engine<{ url: string }>()(
    z.strictObject({
      serviceId: z.string().min(1).max(200),
      which: z.enum(['best', 'public', 'tunnel', 'local']),
    }),
  ),
  'shell.state': shell<Snapshot<'shell'>>()(nothing),
  /** Opens a service's address in the person's browser. */
  'shell.open': shell<{ url: string }>()(
    z.strictObject({
      serviceId: z.string().min(1).max(200),
      which: z.enum(['best', 'public', 'tunnel', 'local']),
    }),
  ),
  /** Writes the exchanges that fit to a file of the person's choice. `cancelled`, `file_not_written`. */
  'shell.exportHar': shell<{ file: string }>()(exchangeFilter),
  /** Opens one of the pages that Gearway itself names: where a token is made, its licence. */
  'shell.openPage': shell<null>()(
    z.strictObject({ page: z.enum(['openbayes_token', 'hyperai_token', 'real_name']) }),
  ),
  /** Changes some settings; each takes effect at once. `login_item_refused` leaves all of them as they were. */
  'shell.settings': shell<null>()(settingsChangeSchema),
  /** Gives the named settings their defaults; without names all but the marks. */
  'shell.resetSettings': shell<null>()(z.strictObject({ names: z.array(z.enum(settingNames)).optional() })),
  /** Marks a service as one that matters, or takes the mark away. */
  'shell.mark': shell<null>()(z.strictObject({ serviceId: z.string().min(1).max(200), marked: z.boolean() })),
  /** The person has read the notices about files. */
  'shell.dismissNotices': shell<null>()(nothing),
  /** What happened, newest first; `before` goes on from the last id of a page. Ask again when `shell.activity` changes. */
  'shell.activity': shell<{ events: readonly ActivityEvent[] }>()(
    z.strictObject({
      subjectId: z.string().max(200).optional(),
      levels: z.array(z.enum(['good', 'info', 'warning', 'bad'])).optional(),
      before: z.int().optional(),
      limit: z.int().min(1).max(500),
    }),
  ),
  'shell.clearActivity': shell<null>()(nothing),
  /**
   * Asks where, then writes one file of this kind; what stands in it is made by the side that knows it. Answers the
   * file's name without its folder. `cancelled` when the person chose none, `file_not_written`. `subject` says of what,
   * where there are several: the id of a started service for its log, of one recipe instead of all.
   */
  'shell.save': shell<{ file: string }>()(
    z.strictObject({ kind: z.enum(savedKinds), subject: z.string().min(1).max(300).optional() }),
  ),
  /**
   * Asks where, then writes one kept comparison: as text or data by the engine, as the picture that the window drew
   * (PNG, in base64). `record_not_found`, `cancelled`, `file_not_written`.
   */
  'shell.saveComparison': shell<{ file: string }>()(
    z.discriminatedUnion('format', [
      z.strictObject({ format: z.enum(['markdown', 'json']), id: z.string().min(1).max(200) }),
      z.strictObject({
        format: z.literal('png'),
        id: z.string().min(1).max(200),
        picture: z.base64().startsWith('iVBORw0KGgo').max(mostPictureCharacters),
      }),
    ]),
  ),
  /**
   * Writes settings and everything Gearway remembers to a file of the person's choice. Secrets go along only with a
   * passphrase (at least 8 characters), sealed by it. `passphrase_short`, `cancelled`, `file_not_written`.
   */
  'shell.export': shell<{ file: string }>()(z.strictObject({ passphrase: z.string().max(500).optional() })),
  /** Asks for such a file and says what is in it; nothing changes yet. `import_*`, `file_not_read`, `cancelled`. */
  'shell.chooseImport': shell<ImportSummary>()(nothing),
  /**
   * Replaces settings, memory and secrets by what the chosen file holds; copies of the old files are kept. Without
   * a passphrase the secrets are left out. `passphrase_wrong` changes nothing; `import_gone` when another was chosen.
   */
  'shell.import': shell<null>()(
    z.strictObject({ importId: z.string().max(100), passphrase: z.string().max(500).optional() }),
  ),
} as const;

export type RequestName = keyof typeof requests;
export type RequestInput<N extends RequestName> = z.input<(typeof requests)[N]['input']>;
export type RequestAnswer<N extends RequestName> = (typeof requests)[N]['answer'];
export type RequestResult<N extends RequestName> = Result<RequestAnswer<N>>;

export type EngineRequestName = {
  [N in RequestName]: (typeof requests)[N]['where'] extends 'engine' ? N : never;
}[RequestName];
export type ShellRequestName = Exclude<RequestName, EngineRequestName>;

/** One handler for each request of one side: the compiler refuses a side that forgets one. `Signal` is the runtime's `AbortSignal`. */
export type Handlers<N extends RequestName, Signal> = {
  readonly [K in N]: (
    input: z.output<(typeof requests)[K]['input']>,
    signal: Signal,
  ) => Promise<RequestResult<K>> | RequestResult<K>;
};

export const isRequestName = (value: unknown): value is RequestName =>
  typeof value === 'string' && Object.hasOwn(requests, value);
