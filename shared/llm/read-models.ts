import type { LanguageModel } from '../model/llm.ts';

const mostModels = 1_000;

/** Reads an answer of `/v1/models`; `undefined` where it is none. Names of the length differ from server to server. */
export function readModels(body: string): readonly LanguageModel[] | undefined {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return undefined;
  }
  const data = listIn(json);
  // Ollama without a model says `null`.
  if (data === null) return [];
  if (data === undefined) return undefined;
  return data.slice(0, mostModels).flatMap((one: unknown) => {
    if (typeof one === 'string' && one !== '') return [{ id: one.slice(0, 500) }];
    if (typeof one !== 'object' || one === null) return [];
    const fields = one as Readonly<Record<string, unknown>>;
    if (typeof fields.id !== 'string' || fields.id === '') return [];
    const meta =
      typeof fields.meta === 'object' && fields.meta !== null
        ? (fields.meta as Readonly<Record<string, unknown>>)
        : {};
    // vLLM and SGLang; several gateways; llama.cpp in `meta`.
    const length = [
      fields.max_model_len,
      fields.context_length,
      fields.context_window,
      meta.n_ctx,
      meta.n_ctx_train,
    ].find((value) => typeof value === 'number' && value > 0);
    return [
      {
        id: fields.id.slice(0, 500),
        contextLength: typeof length === 'number' ? length : undefined,
        owner: typeof fields.owned_by === 'string' ? fields.owned_by.slice(0, 100) : undefined,
      },
    ];
  });
}

/** The list itself (some gateways answer nothing around it), or what stands in `data` or `models`. */
function listIn(json: unknown): readonly unknown[] | null | undefined {
  if (Array.isArray(json)) return json;
  if (typeof json !== 'object' || json === null) return undefined;
  const { data, models } = json as Readonly<Record<string, unknown>>;
  for (const list of [data, models]) if (Array.isArray(list)) return list;
  return data === null ? null : undefined;
}
