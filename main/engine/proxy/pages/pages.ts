import type { Route, RouteHealth } from '../../../../shared/model/service.ts';
import type { AppError } from '../../../../shared/result.ts';
import { errorSentence, fill, type Language, words } from '../../../../shared/words/index.ts';
import type { LocalDecision, ProxiedService } from '../types.ts';
import { escaped, type OwnAnswer } from './own-answer.ts';

/** Asks again so soon: often enough to be there when a tunnel is back, seldom enough to load nothing. */
const retrySeconds = 3;

export interface ListedService {
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
      const route = decision?.route === undefined ? pages.noRoute : routeName(decision.route, language);
      return `<tr><td><a href="${escaped(url)}">${escaped(url)}</a></td><td>${escaped(route)}</td><td>${escaped(pages[service.health.public.state])}</td><td>${escaped(pages[service.health.tunnel.state])}</td></tr>`;
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
        : `<table><tr><th>${escaped(pages.address)}</th><th>${escaped(pages.goesTo)}</th><th>${escaped(pages.publicRoute)}</th><th>${escaped(pages.tunnelRoute)}</th></tr>\n${rows}</table>`,
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
  const routes = { public: tell('public'), tunnel: tell('tunnel') };
  const title = said(pages.unreachableTitle, { name: service.name });
  return {
    status: 502,
    title,
    text: pages.unreachableText,
    markup: `<dl><dt>${escaped(pages.publicRoute)}</dt><dd>${escaped(routes.public.message)}</dd>
<dt>${escaped(pages.tunnelRoute)}</dt><dd>${escaped(routes.tunnel.message)}</dd></dl>`,
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

/** Names that are none of ours, and requests in a form that could be read in two ways. */
export function refusalPage(kind: 'foreign' | 'refused', language: Language): OwnAnswer {
  const { pages } = words[language];
  return kind === 'foreign'
    ? {
        status: 421,
        title: pages.foreignTitle,
        text: pages.foreignText,
        json: { error: { code: 'foreign_host', message: pages.foreignText } },
      }
    : {
        status: 400,
        title: pages.refusedTitle,
        text: pages.refusedText,
        json: { error: { code: 'bad_request', message: pages.refusedText } },
      };
}

const routeName = (route: Route, language: Language): string =>
  route === 'public' ? words[language].pages.publicRoute : words[language].pages.tunnelRoute;

const errorOf = (health: RouteHealth): AppError | undefined =>
  health.state === 'down' || health.state === 'degraded' ? health.error : undefined;

const said = (sentence: string, values: Readonly<Record<string, string>>): string =>
  fill(sentence, values) ?? sentence;
