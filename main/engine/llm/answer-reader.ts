import { createParser } from 'eventsource-parser';
import { type AnswerPart, readAnswerPart } from '../../../shared/llm/index.ts';

/** A line longer than this is no event, and a whole answer longer than this is none: memory must not fill. */
const mostChars = 4_000_000;

/**
 * Takes the body of a chat as it comes and gives its parts: a stream of events, or one whole JSON, which some servers
 * answer although a stream was asked for.
 */
export interface AnswerReader {
  /** `false` where it is no answer: more of it need not be read. */
  feed(text: string): boolean;
  /** No more comes: an event without its empty line counts. */
  end(): void;
  /** Did the server say that it is done? A whole answer is. */
  isDone(): boolean;
}

export function createAnswerReader(onPart: (part: AnswerPart) => void): AnswerReader {
  let form: 'unknown' | 'events' | 'whole' | 'endless' = 'unknown';
  let held = '';
  let done = false;
  const parser = createParser({
    maxBufferSize: mostChars,
    onEvent({ data, event }) {
      const text = data.trim();
      if (text === '[DONE]') {
        done = true;
        return;
      }
      const json = readJson(text);
      if (json !== undefined) onPart(readAnswerPart(json));
      else if (event === 'error' && text !== '') onPart(readAnswerPart({ error: text }));
    },
  });

  function begin(text: string) {
    form = text.startsWith('{') || text.startsWith('[') ? 'whole' : 'events';
    held = '';
    if (form === 'whole') hold(text);
    else parse(text);
  }
  function hold(text: string) {
    held = text;
    if (held.length > mostChars) form = 'endless';
  }
  /** The parser throws once a line is too long. */
  function parse(text: string) {
    try {
      parser.feed(text);
    } catch {
      form = 'endless';
    }
  }

  return {
    feed(text) {
      if (form === 'unknown') {
        held += text;
        const first = /[^\s\ufeff]/.exec(held);
        if (first !== null) begin(held.slice(first.index));
        else if (held.length > mostChars) form = 'endless';
      } else if (form === 'whole') hold(held + text);
      else if (form === 'events') parse(text);
      return form !== 'endless';
    },
    end() {
      if (form === 'events') parse('\n\n');
      if (form !== 'whole') return;
      const whole = readJson(held);
      // Several JSON texts, one a line, are chunks without the words around them.
      const parts = whole === undefined ? held.split('\n').map(readJson) : [whole];
      for (const json of parts) {
        if (json === undefined) continue;
        const part = readAnswerPart(json);
        done ||= part.isAnswer && (whole !== undefined || part.reason !== undefined);
        onPart(part);
      }
    },
    isDone: () => done,
  };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
