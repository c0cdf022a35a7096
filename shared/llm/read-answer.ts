/** Counts of tokens as far as a server tells them; each is read by itself. */
export interface ToldUsage {
  readonly prompt?: number;
  readonly completion?: number;
}

/** What one event, or one whole answer, of a chat holds. Every field is read by itself: an odd one hides no other. */
export interface AnswerPart {
  readonly text: string;
  /** What the model thought before it answered. */
  readonly reasoning: string;
  /** Why the answer ended, in the server's word. */
  readonly reason?: string;
  readonly usage: ToldUsage;
  /** The server's own sentence where this is no answer but an error. */
  readonly trouble?: string;
  /** Does it have the form of an answer at all? */
  readonly isAnswer: boolean;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads a chunk or a whole answer of `/v1/chat/completions` (or the older `/v1/completions`) as servers really write
 * them: text as a string or in parts, thinking as `reasoning_content` (DeepSeek, SGLang, llama.cpp) or `reasoning`
 * (vLLM, Ollama, gateways), errors flat or nested. Pure.
 */
export function readAnswerPart(json: unknown): AnswerPart {
  const top = fieldsOf(json) ?? {};
  const choices = Array.isArray(top.choices) ? top.choices : [];
  const choice = fieldsOf(choices[0]) ?? {};
  const said = [choice.delta, choice.message].map((one) => fieldsOf(one) ?? {});
  const reason = textOf(choice.finish_reason);
  const usage = fieldsOf(top.usage) ?? fieldsOf(choice.usage) ?? {};
  const isAnswer = Array.isArray(top.choices) || fieldsOf(top.usage) !== undefined;
  const trouble = isTrouble(json, isAnswer)
    ? (sentenceOf(json) ?? JSON.stringify(json).slice(0, 500))
    : undefined;
  return {
    text: firstText([...said.flatMap(({ content, refusal }) => [content, refusal]), choice.text]),
    reasoning: firstText(
      said.flatMap(({ reasoning_content, reasoning, thinking }) => [reasoning_content, reasoning, thinking]),
    ),
    ...(reason === '' ? {} : { reason }),
    usage: {
      prompt: countOf(usage.prompt_tokens) ?? countOf(usage.input_tokens),
      completion: countOf(usage.completion_tokens) ?? countOf(usage.output_tokens),
    },
    ...(trouble === undefined ? {} : { trouble }),
    isAnswer,
  };
}

/**
 * The server's own sentence in an error: OpenAI and vLLM nest it into `error`, SGLang and older vLLM write it flat,
 * FastAPI says `detail`, Google wraps all in a list. `undefined` where there is none. Pure.
 */
export function sentenceOf(json: unknown, depth = 0): string | undefined {
  if (depth > 4) return undefined;
  if (typeof json === 'string') return json.trim() === '' ? undefined : json;
  if (Array.isArray(json)) return sentenceOf(json[0], depth + 1);
  const fields = fieldsOf(json);
  if (fields === undefined) return undefined;
  for (const name of [
    'error',
    'errors',
    'message',
    'detail',
    'msg',
    'error_msg',
    'error_message',
    'reason',
  ]) {
    const found = sentenceOf(fields[name], depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** An error beside an answer, or in place of one. */
function isTrouble(json: unknown, isAnswer: boolean): boolean {
  const fields = Array.isArray(json) ? fieldsOf(json[0]) : fieldsOf(json);
  if (fields === undefined) return false;
  const { error, object } = fields;
  if (object === 'error') return true;
  if (error !== undefined && error !== null && error !== false && error !== '') return true;
  return (
    !isAnswer && ['message', 'detail', 'msg', 'errors'].some((name) => sentenceOf(fields[name]) !== undefined)
  );
}

const fieldsOf = (value: unknown): Fields | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const countOf = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;

/** The first that holds any text: an empty `content` beside thinking says nothing. */
const firstText = (candidates: readonly unknown[]): string =>
  candidates.map(partsOf).find((text) => text !== '') ?? '';

/** Text as it is, or as a list of parts of which some hold text. */
function partsOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(partsOf).join('');
  const fields = fieldsOf(value);
  return fields === undefined ? '' : textOf(fields.text) || textOf(fields.content);
}
