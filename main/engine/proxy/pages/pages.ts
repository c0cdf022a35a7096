import type { Route, RouteHealth } from '../../../../shared/model/service.ts';
import type { AppError } from '../../../../shared/result.ts';
import { errorSentence, fill, type Language, words } from '../../../../shared/words/index.ts';
import type { LocalDecision, ProxiedService, StoppedContainer } from '../types.ts';
import { readable } from '../wire/fields.ts';
import { escaped, type OwnAnswer } from './own-answer.ts';

/** Asks again so soon: often enough to be there when a tunnel is back, seldom enough to load nothing. */
const retrySeconds = 3;

interface ListedService {
  readonly service: ProxiedService;
  readonly url: string;
  readonly decision?: LocalDecision;
}

/** Every service, its state and its routes: the bare address, and a name that nobody has. */
export function listPage(
  services: readonly ListedService[],
  unknownName: string | undefined,
  language: Language,
): OwnAnswer {
  const { pages } = words[language];
  const rows = services
    .map(({ service, url, decision }) => {
      const route =
        decision?.route === undefined ? escaped(pages.noRoute) : routeName(decision.route, language);
      const states = (['public', 'tunnel'] as const).map(
        (route) => `<td>${stateMark(service.health[route].state, language)}</td>`,
      );
      return `<tr><td><a href="${escaped(url)}">${escaped(url)}</a></td><td>${route}</td>${states.join('')}</tr>`;
    })
    .join('\n');
  const title =
    unknownName === undefined ? pages.indexTitle : said(pages.unknownTitle, { name: unknownName });
  const text =
    services.length === 0
      ? pages.indexEmpty
      : unknownName === undefined
        ? pages.indexText
        : pages.unknownText;
  return {
    status: unknownName === undefined ? 200 : 404,
    title,
    text,
    markup:
      services.length === 0
        ? ''
        : `<div class="list"><table><tr><th>${escaped(pages.address)}</th><th>${escaped(pages.goesTo)}</th><th>${escaped(pages.publicRoute)}</th><th>${escaped(pages.tunnelRoute)}</th></tr>\n${rows}</table></div>`,
    json: {
      ...(unknownName === undefined ? {} : { error: { code: 'service_not_found', message: title } }),
      services: services.map(({ service, url, decision }) => ({
        name: service.name,
        url,
        route: decision?.route ?? null,
        reason: decision?.reason ?? null,
        routes: { public: service.health.public.state, tunnel: service.health.tunnel.state },
      })),
    },
  };
}

/** No route leads to the service: what is wrong with each, and that it is tried again. */
export function unreachablePage(
  service: ProxiedService,
  failures: Readonly<Partial<Record<Route, AppError>>>,
  language: Language,
): OwnAnswer {
  const { pages } = words[language];
  const tell = (route: Route) => {
    const health = service.health[route];
    const error = failures[route] ?? errorOf(health);
    const unused = service.choice !== 'auto' && service.choice !== route;
    const absent = route === 'public' ? pages.publicAbsent : pages.tunnelAbsent;
    const message =
      error !== undefined
        ? errorSentence(error, language)
        : unused
          ? pages.notChosen
          : health.state === 'absent'
            ? absent
            : pages[health.state];
    return { state: health.state, code: error?.code ?? null, message };
  };
  const row = (route: Route) => {
    const { state, message } = routes[route];
    const mark = stateMarks[failures[route] === undefined ? state : 'down'];
    return `<div><dt>${mark} ${routeName(route, language)}</dt><dd>${escaped(message)}</dd></div>`;
  };
  const routes = { public: tell('public'), tunnel: tell('tunnel') };
  const title = said(pages.unreachableTitle, { name: service.name });
  return {
    status: 502,
    title,
    text: pages.unreachableText,
    markup: `<dl>${row('public')}\n${row('tunnel')}</dl>`,
    retryAfter: retrySeconds,
    json: {
      error: {
        code: 'no_healthy_route',
        message: errorSentence({ code: 'no_healthy_route' }, language),
        service: service.name,
        routes,
      },
    },
  };
}

/** The container does not run, which is known: said at once, with the way to start it. */
export function stoppedPage(
  service: ProxiedService,
  { container, begins }: StoppedContainer,
  language: Language,
): OwnAnswer {
  const { pages } = words[language];
  const title = said(pages.stoppedTitle, { name: service.name });
  const text = said(begins ? pages.beginsText : pages.stoppedText, { container });
  return {
    status: 503,
    title,
    text,
    retryAfter: retrySeconds,
    json: { error: { code: 'container_not_running', message: text, service: service.name } },
  };
}

/** Another page asked for something that might change the service, and nobody allowed it. */
export function crossSitePage(
  service: ProxiedService,
  origin: string | undefined,
  language: Language,
): OwnAnswer {
  const { pages } = words[language];
  const text = said(pages.crossSiteText, {
    name: service.name,
    origin: origin === undefined ? pages.otherPage : readable(origin).slice(0, 200),
  });
  return {
    status: 403,
    title: pages.crossSiteTitle,
    text,
    json: { error: { code: 'cross_site_refused', message: text, service: service.name } },
  };
}

/**
 * The same page under a name of its own: a browser keeps one jar of cookies for all ports of an address, and one for each
 * name.
 */
export const elsewhere = (location: string): OwnAnswer => ({
  status: 307,
  location,
  title: '',
  text: '',
  json: { location: readable(location) },
});

/** Names that are none of ours, and requests that are no request to carry. */
export type RefusalKind = 'foreign' | 'refused' | 'large' | 'slow' | 'connect';

const refusals = {
  foreign: [421, 'foreign_host'],
  refused: [400, 'bad_request'],
  large: [431, 'head_too_large'],
  slow: [408, 'head_too_slow'],
  connect: [405, 'bad_request'],
} as const satisfies Readonly<Record<RefusalKind, readonly [number, string]>>;

export function refusalPage(kind: RefusalKind, language: Language): OwnAnswer {
  const { pages } = words[language];
  const [status, code] = refusals[kind];
  const title = kind === 'foreign' ? pages.foreignTitle : pages.refusedTitle;
  const text = {
    foreign: pages.foreignText,
    refused: pages.refusedText,
    large: pages.largeText,
    slow: pages.slowText,
    connect: pages.connectText,
  }[kind];
  return { status, title, text, json: { error: { code, message: text } } };
}

/** The name of a route in its colour, as markup. */
const routeName = (route: Route, language: Language): string => {
  const { pages } = words[language];
  return `<span class="${route}">${escaped(route === 'public' ? pages.publicRoute : pages.tunnelRoute)}</span>`;
};

const shape = (state: RouteHealth['state'], sign: string): string =>
  `<span class="mark ${state}" aria-hidden="true">${sign}</span>`;

/** States have a shape beside their colour, the window's own. */
const stateMarks: Readonly<Record<RouteHealth['state'], string>> = {
  up: shape('up', '●'),
  degraded: shape('degraded', '▲'),
  down: shape('down', '■'),
  absent: shape('absent', '○'),
  unknown: shape('unknown', '○'),
};

const stateMark = (state: RouteHealth['state'], language: Language): string =>
  `${stateMarks[state]} ${escaped(words[language].pages[state])}`;

const errorOf = (health: RouteHealth): AppError | undefined =>
  health.state === 'down' || health.state === 'degraded' ? health.error : undefined;

const said = (sentence: string, values: Readonly<Record<string, string>>): string =>
  fill(sentence, values) ?? sentence;
