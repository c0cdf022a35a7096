import type { ClientRequest, IncomingMessage, ServerResponse } from 'node:http';
import { answerHeaders } from '../headers.ts';
import type { ForwardOptions } from './attempt.ts';
import { pairs, rawHeader } from './request-headers.ts';

/** Hands an answer on as it comes, with its trailers; what is cut above is cut below. */
export function passAnswer(
  answer: IncomingMessage,
  response: ServerResponse,
  { context, recording }: ForwardOptions,
): void {
  response.once('finish', () => recording.ended('done'));
  response.once('close', () => recording.ended('cut'));
  response.writeHead(
    answer.statusCode ?? 502,
    answer.statusMessage,
    answerHeaders(answer.rawHeaders, context),
  );
  // An event stream may stay silent for long after its head.
  response.flushHeaders();
  answer.once('end', () => {
    if (answer.rawTrailers.length > 0) response.addTrailers(pairs(answer.rawTrailers));
  });
  answer.pipe(response);
  answer.on('data', (part: Buffer) => recording.down(part));
  // A clean end would make half a download look whole.
  answer.once('aborted', () => response.destroy());
  answer.once('error', () => response.destroy());
}

/** `100 Continue` comes from the service: only it knows whether it wants the body (RFC 9110 §10.1.1). */
export function carryExpectation(
  request: IncomingMessage,
  response: ServerResponse,
  made: ClientRequest,
): void {
  made.on('information', (info) => {
    if (info.statusCode !== 103 || response.headersSent || response.destroyed) return;
    response.writeEarlyHints(info.headers as Record<string, string>);
  });
  if (!/^100-continue$/i.test(rawHeader(request, 'expect') ?? '')) return;
  made.setHeader('expect', '100-continue');
  made.flushHeaders();
  made.once('continue', () => {
    if (!response.headersSent && !response.destroyed) response.writeContinue();
  });
}
