/** What the `gearway` command of a package starts the application with. Everything behind it belongs to the command. */
const marker = ['--gearway-command', '--'] as const;

/**
 * The words behind `gearway`, when this process was started as that command; undefined for the window.
 * `--` ends Chromium's own reading, so that no word of the person's is taken for one of its switches. Pure.
 *
 * @param given process.argv, whole
 */
export function commandWords(given: readonly string[]): readonly string[] | undefined {
  const end = given.indexOf(marker[1]);
  return end > 0 && given[end - 1] === marker[0] ? given.slice(end + 1) : undefined;
}
