/**
 * Switches of Chromium that take down what protects the person, or let other programs steer the window. What is shipped does
 * not start with one: no shortcut, link or startup entry can slip one in unseen.
 */
const refused: ReadonlySet<string> = new Set([
  ...['remote-debugging-port', 'remote-debugging-pipe', 'remote-debugging-address', 'remote-allow-origins'],
  ...['inspect', 'inspect-brk', 'inspect-port', 'inspect-wait', 'auto-open-devtools-for-tabs'],
  ...[
    'no-sandbox',
    'disable-setuid-sandbox',
    'disable-gpu-sandbox',
    'disable-seccomp-filter-sandbox',
    'no-zygote',
  ],
  ...[
    'single-process',
    'renderer-cmd-prefix',
    'utility-cmd-prefix',
    'gpu-launcher',
    'browser-subprocess-path',
  ],
  ...['disable-web-security', 'disable-site-isolation-trials', 'allow-running-insecure-content'],
  ...['ignore-certificate-errors', 'ignore-certificate-errors-spki-list', 'load-extension', 'js-flags'],
]);

/** The first of these words that is refused. */
export function refusedSwitch(words: readonly string[]): string | undefined {
  return words.find((word) => {
    // Chromium takes one hyphen as well as two, and on Windows a slash.
    const name = /^(?:--?|\/)([a-z-]+)(?:=|$)/i.exec(word)?.[1];
    return name !== undefined && refused.has(name.toLowerCase());
  });
}
