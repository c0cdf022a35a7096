import { type TimedToken, type ToldUsage, timingOf } from '../../../shared/llm/index.ts';
import type { ChatMessage, Timing } from '../../../shared/model/llm.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { createAnswerReader } from './answer-reader.ts';
import { ask, type LlmTarget, tidy } from './ask.ts';

export interface ChatOrder {
  readonly model: string;
  readonly messages: readonly ChatMessage[];
  readonly temperature?: number;
  /** At most so many tokens; what is usual for the server where absent. */
  readonly maxTokens?: number;
}

interface ChatEnd {
  /** Why it ended, in the server's word: `stop`, `length`, … */
  readonly reason: string;
  /** Absent where the answer held no text. */
  readonly timing?: Timing;
}

/** An answer longer than this is cut where it is shown. */
const mostTextChars = 1_000_000;

/**
 * One streamed answer of `/v1/chat/completions`. `onText` hears of each piece as it comes, `onReasoning` of what the
 * model thinks before it; both count as tokens. The errors of `ask`; `connection_lost` when it is cut off, `llm_refused` for an error
 * in the middle.
 */
export async function streamChat(
  target: LlmTarget,
  order: ChatOrder,
  how: {
    readonly signal: AbortSignal;
    readonly onText: (text: string) => void;
    readonly onReasoning?: (text: string) => void;
  },
): Promise<Result<ChatEnd>> {
  const begun = performance.now();
  const answer = await ask(target, {
    path: '/v1/chat/completions',
    body: {
      model: order.model,
      messages: order.messages,
      temperature: order.temperature,
      max_tokens: order.maxTokens,
      stream: true,
      stream_options: { include_usage: true },
    },
    signal: how.signal,
  });
  if (!answer.ok) return answer;
  const pieces: TimedToken[] = [];
  let chunks = 0;
  let chars = 0;
  let at = 0;
  let reason = '';
  let trouble: string | undefined;
  let usage: ToldUsage = {};

  const reader = createAnswerReader((part) => {
    if (part.trouble !== undefined) trouble = tidy(part.trouble, target.key);
    usage = {
      prompt: part.usage.prompt ?? usage.prompt,
      completion: part.usage.completion ?? usage.completion,
    };
    if (part.reason !== undefined) reason = part.reason;
    if (part.text === '' && part.reasoning === '') return;
    pieces.push({ at });
    chars += part.text.length + part.reasoning.length;
    if (chars > mostTextChars) return;
    if (part.reasoning !== '') how.onReasoning?.(part.reasoning);
    if (part.text !== '') how.onText(part.text);
  });
  const decoder = new TextDecoder();
  try {
    for await (const chunk of answer.value as AsyncIterable<Buffer>) {
      // All events of one read came at this moment, whatever they are.
      at = performance.now() - begun;
      chunks += 1;
      if (!reader.feed(decoder.decode(chunk, { stream: true })))
        return fail('connection_lost', { detail: 'A line or an answer without an end.' });
    }
    reader.feed(decoder.decode());
    reader.end();
  } catch (error) {
    if (how.signal.aborted) return fail('cancelled');
    return fail('connection_lost', { detail: String(error).slice(0, 200) });
  }
  if (how.signal.aborted) return fail('cancelled');
  if (trouble !== undefined) return fail('llm_refused', { params: { said: trouble }, detail: trouble });
  // A server that ends cleanly in the middle has said neither why nor that it is done.
  if (!reader.isDone() && reason === '')
    return fail(pieces.length === 0 ? 'llm_not_compatible' : 'connection_lost');
  const timing = timingOf({ pieces, totalMs: performance.now() - begun, chunks, usage });
  return ok({ reason: reason === '' ? 'stop' : reason, timing });
}
