import { describe, expect, it } from 'vitest';
import { readRecipesFile } from '../../../shared/launch/recipe-file.ts';
import { readLaunchList } from '../../../shared/launch/remote/read-list.ts';
import { readLogPart, readMatches } from '../../../shared/launch/remote/read-log.ts';
import { readAnswerPart, sentenceOf } from '../../../shared/llm/read-answer.ts';
import { readModels } from '../../../shared/llm/read-models.ts';
import { placeOf } from '../../../shared/network-place.ts';
import { isEdgeNotFound } from '../../../shared/probe/edge-answer.ts';
import { readListening } from '../../../shared/probe/read-listening.ts';
import { readAnyShell } from '../../../shared/quoting/any-shell.ts';
import { quotePath, quoteToPaste } from '../../../shared/quoting/quote.ts';
import { readWords } from '../../../shared/quoting/read-words.ts';
import { recognise } from '../../../shared/recognition/index.ts';
import { shownJson, shownLine } from '../../../shared/shown-text.ts';
import { parseLink } from '../../shell/links/parse-link.ts';
import { growth, worstTexts } from '../../testing/index.ts';
import { readBayesText } from '../account/bayes.ts';
import { scrub } from '../base/scrub.ts';
import { readProxyServer } from '../base/system-proxy/proxy-server.ts';
import { createAnswerReader } from '../llm/answer-reader.ts';
import { isUnknownField, readAnswerError } from '../platform/answer-error.ts';
import { assumedShape } from '../platform/api-shape.ts';
import { readContainer } from '../platform/read-container.ts';
import { readDomain, readOrigin } from '../platform/read-typed.ts';
import { readRetryAfter } from '../platform/retry-after.ts';
import { jarOf, localCookies, serviceCookies } from '../proxy/cookies.ts';
import { answerHeaders, upstreamHeaders } from '../proxy/headers.ts';
import { readHost } from '../proxy/host-name.ts';
import { createEventCounter, createFrameCounter } from '../proxy/inspector/frames.ts';
import { redactHeaders, redactPath, redactText } from '../proxy/inspector/redact.ts';
import { languageOf } from '../proxy/pages/language.ts';
import { uidOf } from '../proxy/peers.ts';
import { readAnswerHead } from '../proxy/wire/answer-head.ts';
import { createChunkTracker } from '../proxy/wire/chunk-tracker.ts';
import { readable } from '../proxy/wire/fields.ts';
import { HeadCollector } from '../proxy/wire/head-collector.ts';
import { readRequestFields, readRequestLine } from '../proxy/wire/request-head.ts';
import { readLsof, readPidAndName } from '../ssh/port-holder.ts';
import { readPublicLine } from '../ssh/public-key.ts';
import { readSshCommand } from '../ssh/ssh-command.ts';
import { readForward } from '../ssh-config/forward.ts';
import { readCommand } from '../ssh-config/read-command.ts';
import { splitArguments } from '../ssh-config/split-arguments.ts';

const jar = jarOf('a', 'http://localhost:7700');
const context = {
  upstream: { route: 'tunnel', origin: 'http://127.0.0.1:1', seenAs: 'http://127.0.0.1:2' },
  localOrigin: 'http://web.localhost:7700',
  rules: new Set(['host', 'origin', 'forwarded', 'redirects', 'cookies'] as const),
  jar,
} as const;
const inPieces = (text: string, size: number, take: (part: Buffer) => unknown) => {
  const bytes = Buffer.from(text, 'latin1');
  for (let at = 0; at < bytes.length; at += size) take(bytes.subarray(at, at + size));
};
const json = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return { error: { message: text }, choices: [{ delta: { content: text } }] };
  }
};

/**
 * Everything in the engine and beside it that reads text of others. A new reader gets a row: its work must grow as its
 * input does, whatever is written in it.
 */
const readers: Readonly<Record<string, (text: string) => unknown>> = {
  // The proxy: of clients, services and pages.
  'the first line of a request': readRequestLine,
  'fields of a request': (text) => readRequestFields(text, 0, 1),
  'the head of an answer': (text) => readAnswerHead(`HTTP/1.1 200 OK\r\n${text}`, 'other'),
  'a status line': (text) => readAnswerHead(text, 'other'),
  'a folded answer': (text) =>
    readAnswerHead(`HTTP/1.1 200 OK\r\nA: b\r\n ${text.replaceAll('a', '\r\n ')}`, 'other'),
  'a head in small parts': (text) => {
    const head = new HeadCollector();
    inPieces(text, 20, (part) => head.add(part));
  },
  'chunks of a service': (text) => createChunkTracker('lenient').read(Buffer.from(text), () => {}),
  'chunks of a client': (text) => createChunkTracker('strict').read(Buffer.from(text), () => {}),
  'a Host': readHost,
  'headers on the way up': (text) =>
    upstreamHeaders(
      ['Host', text, 'Connection', text, 'Cookie', text, 'Origin', text, 'Referer', text],
      context,
    ),
  'a Location': (text) => answerHeaders(['Location', text, 'Content-Location', text], context),
  'a Link': (text) => answerHeaders(['Link', text], context),
  'a Refresh': (text) => answerHeaders(['Refresh', text, 'refresh', `0; url ${text}`], context),
  'a Set-Cookie': (text) => localCookies(text, jar),
  'a Set-Cookie with attributes': (text) => localCookies(`a=b; domain=${text}; max-age ${text}`, jar),
  'a Cookie': (text) => serviceCookies(text, jar),
  'an Accept-Language': languageOf,
  'headers for the inspector': (text) =>
    redactHeaders(['Cookie', text, 'Authorization', text, 'Link', text, text, 'x']),
  'an address for the inspector': redactPath,
  'a body for the inspector': redactText,
  'a body without end for the inspector': (text) => redactText(`{"token":"${text}`),
  'bytes for people': readable,
  'frames of a WebSocket': (text) => inPieces(text, 13, (part) => createFrameCounter().read(part)),
  'events of a stream': (text) => createEventCounter().read(Buffer.from(text)),
  'the table of connections': (text) => uidOf(text, 1, 2),
  // Of platforms and models.
  'what a far side said': (text) => scrub(text, ['hush-hush']),
  'an origin': readOrigin,
  'a domain': readDomain,
  'a Retry-After': (text) => readRetryAfter(text, 0),
  'a configuration of bayes': readBayesText,
  'a proxy of the system': readProxyServer,
  'a part of an answer': (text) => readAnswerPart(json(text)),
  'a sentence of a model': (text) => sentenceOf(json(text)),
  'a list of models': readModels,
  'the body of a chat': (text) => {
    const reader = createAnswerReader(() => {});
    for (let at = 0; at < text.length; at += 1_000) reader.feed(text.slice(at, at + 1_000));
    reader.end();
  },
  'events of a chat': (text) => createAnswerReader(() => {}).feed(`data: ${text}`),
  'an error of the platform': (text) =>
    isUnknownField(
      readAnswerError({ message: text, extensions: { code: text, details: { text } } }, 200, (said) =>
        scrub(said, ['hush-hush']),
      ),
    ),
  'a job of the platform': (text) =>
    readContainer(
      {
        id: 'j',
        mode: text,
        status: text,
        links: ['ssh', 'frontend', 'web'].map((name) => ({ name, value: text })),
        ports: [{ name: text, port: text }],
      },
      { id: 'p', name: text },
      assumedShape,
      { origin: 'https://platform.example', kind: 'private' },
    ),
  'a word for a state': (text) =>
    readContainer({ id: 'j', status: text }, { id: 'p' }, assumedShape, {
      origin: 'https://platform.example',
      kind: 'private',
    }),
  'where a host is': placeOf,
  "a page in an edge's place": (text) => isEdgeNotFound({ status: 404, body: text }),
  'what a program answers': (text) =>
    recognise(
      ['/', '/api', '/config', '/version', '/v1/models', '/api/config'].map((path) => ({
        path,
        status: 200,
        headers: { location: text, 'content-security-policy': text, server: text },
        body: text,
      })),
    ),
  // Of containers.
  'what listens': readListening,
  'a list of launches': readLaunchList,
  'a part of a log': readLogPart,
  'matches in a log': readMatches,
  // Typed, pasted and imported.
  'an ssh command': readSshCommand,
  'an ssh command of a configuration': readCommand,
  'a command behind ssh': (text) => readCommand(`ssh ${text}`),
  'words of a configuration': splitArguments,
  'a forward': (text) => readForward('local', text),
  'words of a shell': readWords,
  'words of any shell': readAnyShell,
  'a public key': readPublicLine,
  'what lsof says': readLsof,
  'what Windows says of ports': readPidAndName,
  'a link': parseLink,
  'a file of recipes': readRecipesFile,
  // What is shown and copied.
  'text to be shown': shownLine,
  'JSON to be shown': shownJson,
  'text to be pasted': quoteToPaste,
  'a path to be pasted': quotePath,
};

describe('text of others', () => {
  it.each(Object.entries(readers))('%s takes time as it is long, whatever is in it', (_name, read) => {
    const slow = Object.entries(worstTexts).flatMap(([what, input]) => {
      const found = growth(read, input);
      return found === undefined ? [] : [`${what}: ${found}`];
    });
    expect(slow).toEqual([]);
  });
});

describe('the measure', () => {
  it('finds what takes the square of its input, and worse', () => {
    expect(
      growth((text) => /^a:[ ]*([ -~]*?)[ ]*$/.exec(text), worstTexts['blanks before a control'] as never),
    ).toBeUndefined();
    const square = (text: string) => {
      let count = 0;
      for (let at = 0; at < text.length; at += 1) count += text.lastIndexOf('b', text.length);
      return count;
    };
    expect(growth(square, (size) => 'a'.repeat(size))).toMatch(/took/);
    const cubic = (text: string) => /^A:[ \t]*([\t -~]*?)[ \t]*$/.test(text);
    expect(growth(cubic, (size) => `A:${' '.repeat(size)}\x01`)).toMatch(/took/);
  });
});
