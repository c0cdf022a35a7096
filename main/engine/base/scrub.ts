const longest = 500;

/** Makes what the far side said fit to show and to log: without the token, without anything named like a secret, short. */
export function scrub(text: string, secrets: readonly string[], most = longest): string {
  let clean = text;
  for (const secret of secrets) {
    if (secret.length >= 4) clean = clean.replaceAll(secret, '[secret]');
  }
  clean = clean
    .replace(/(bearer\s+)[^\s"',;]+/gi, '$1[secret]')
    .replace(/("?(?:password|token|secret|authorization)"?\s*[:=]\s*)("[^"]*"|[^\s,;}]+)/gi, '$1[secret]')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not pass
    .replace(/[\u0000-\u001f\u007f]+/g, ' ')
    .trim();
  return clean.length > most ? `${clean.slice(0, most)}…` : clean;
}
