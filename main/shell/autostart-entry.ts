/** The text of an autostart file that runs `command` (program first). */
export const autostartEntry = (command: readonly string[]): string =>
  [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Gearway',
    `Exec=${command.map(quoteForExec).join(' ')}`,
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');

/**
 * One argument of an `Exec` line, always quoted: `"`, backtick, `$` and `\` are escaped inside quotes, `%` starts a field
 * code and is doubled, and every backslash is doubled once more because the value is a string of the file format
 * (Desktop Entry Specification, "The Exec key" and "Possible value types").
 */
function quoteForExec(argument: string): string {
  const quoted = argument.replaceAll(/["`$\\]/g, (char) => `\\${char}`).replaceAll('%', '%%');
  return `"${quoted.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}"`;
}
