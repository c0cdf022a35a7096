import { createParser } from 'eventsource-parser';
import { z } from 'zod';
import { type TimedToken, timingOf } from '../../../shared/llm/index.ts';
import type { ChatMessage, Timing } from '../../../shared/model/llm.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
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

const chunkSchema = z.object({
  choices: z
    .array(
      z.object({
        delta: z.object({ content: z.string().nullish(), reasoning_content: z.string().nullish() }).nullish(),
        finish_reason: z.string().nullish(),
      }),
    )
    .nullish(),
  usage: z.object({ prompt_tokens: z.number(), completion_tokens: z.number() }).nullish(),
  error: z.unknown().optional(),
});

/** An answer longer than this is cut where it is shown. */
const mostTextChars = 1_000_000;
/** A line longer than this is no event: a server that ends no line must not fill the memory. */
const mostLineChars = 4_000_000;

/**
 * One streamed answer of `/v1/chat/completions`. `onText` hears of each piece as it comes, with its time in
 * milliseconds from the request. The errors of `ask`; `connection_lost` when it is cut off, `llm_refused` for an error
 * in the middle.
 */
export async function streamChat(
  target: LlmTarget,
  order: ChatOrder,
  how: { readonly signal: AbortSignal; readonly onText: (text: string, at: number) => void },
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
  let isDone = false;
  let trouble: string | undefined;
  let usage: { readonly prompt: number; readonly completion: number } | undefined;

  const parser = createParser({
    maxBufferSize: mostLineChars,
    onEvent({ data }) {
      if (data === '[DONE]') {
        isDone = true;
        return;
      }
      const read = readChunk(data);
      if (read === undefined) return;
      if (read.error !== undefined && read.error !== null)
        trouble = tidy(JSON.stringify(read.error), target.key);
      if (read.usage !== undefined && read.usage !== null)
        usage = { prompt: read.usage.prompt_tokens, completion: read.usage.completion_tokens };
      const choice = read.choices?.[0];
      if (typeof choice?.finish_reason === 'string') reason = choice.finish_reason;
      const text = choice?.delta?.content ?? choice?.delta?.reasoning_content ?? '';
      if (text === '') return;
      pieces.push({ at });
      chars += text.length;
      if (chars <= mostTextChars) how.onText(text, at);
    },
  });
  const decoder = new TextDecoder();
  try {
    for await (const chunk of answer.value as AsyncIterable<Buffer>) {
      // All events of one read came at this moment, whatever they are.
      at = performance.now() - begun;
      chunks += 1;
      parser.feed(decoder.decode(chunk, { stream: true }));
    }
  } catch (error) {
    if (how.signal.aborted) return fail('cancelled');
    return fail('connection_lost', { detail: String(error).slice(0, 200) });
  }
  if (how.signal.aborted) return fail('cancelled');
  if (trouble !== undefined) return fail('llm_refused', { detail: trouble });
  // A server that ends cleanly in the middle has said neither why nor that it is done.
  if (!isDone && reason === '') return fail(pieces.length === 0 ? 'llm_not_compatible' : 'connection_lost');
  const timing = timingOf({ pieces, totalMs: performance.now() - begun, chunks, usage });
  return ok({ reason: reason === '' ? 'stop' : reason, timing });
}

function readChunk(data: string): z.infer<typeof chunkSchema> | undefined {
  try {
    const read = chunkSchema.safeParse(JSON.parse(data));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
}
