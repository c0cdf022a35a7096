import { Kind, parse, print, stripIgnoredCharacters, visit } from 'graphql';

/** One operation that a client sent, and what it was answered. */
export interface RecordedOperation {
  /** The field that was asked for. */
  readonly operation: string;
  readonly document: string;
  readonly variables: unknown;
  readonly answer: unknown;
}

/** What was sent, each kind once and in its order, without names that clients gave and without any secret. */
export function recorded(
  sent: readonly {
    readonly operation: string;
    readonly query: string;
    readonly variables: unknown;
    readonly answer: unknown;
  }[],
  secrets: { readonly token: string; readonly password: string; readonly origin: string },
): string {
  const seen = new Set<string>();
  const cases: RecordedOperation[] = [];
  for (const { operation, query, variables, answer } of sent) {
    const document = plain(query);
    const mode = (variables as { input?: { mode?: string } } | undefined)?.input?.mode ?? '';
    const key = `${document} ${mode}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const { data } = answer as { data?: unknown };
    cases.push({ operation, document, variables: clean(variables, secrets), answer: clean(data, secrets) });
  }
  return `${JSON.stringify(cases, null, 2)}\n`;
}

/** The wire's part of a document: what is asked for, without layout and without the client's name for it. */
const plain = (query: string): string =>
  stripIgnoredCharacters(
    print(
      visit(parse(query), {
        [Kind.OPERATION_DEFINITION]: ({ name: _name, ...rest }) => rest,
      }),
    ),
  );

function clean(
  value: unknown,
  secrets: { readonly token: string; readonly password: string; readonly origin: string },
): unknown {
  if (typeof value === 'string') {
    if (value === secrets.token) return '$token';
    if (value === secrets.password) return '$password';
    if (/^ssh-[a-z0-9-]+ /.test(value)) return '$key';
    return value
      .replace(/https?:\/\/127\.0\.0\.1:\d+/g, '$origin')
      .replace(/ws:\/\/127\.0\.0\.1:\d+\S*/g, '$log');
  }
  if (Array.isArray(value)) return value.map((one) => clean(one, secrets));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [
      name,
      name === 'accessKey' || name === 'secretKey' ? 'text' : clean(one, secrets),
    ]),
  );
}
