/**
 * Replaces `%h` and its kind (ssh_config(5), TOKENS) and `${NAME}` of the environment; `undefined` for one that has no
 * value here. Linear, pure.
 */
export function expandTokens(
  text: string,
  tokens: Readonly<Record<string, string>>,
  env: (name: string) => string | undefined = () => undefined,
): string | undefined {
  let expanded = '';
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (char === '%') {
      at += 1;
      const name = text[at] ?? '';
      const value = name === '%' ? '%' : Object.hasOwn(tokens, name) ? tokens[name] : undefined;
      if (value === undefined) return undefined;
      expanded += value;
    } else if (char === '$' && text[at + 1] === '{') {
      const end = text.indexOf('}', at);
      const value = end < 0 ? undefined : env(text.slice(at + 2, end));
      if (value === undefined) return undefined;
      expanded += value;
      at = end;
    } else expanded += char;
  }
  return expanded;
}
