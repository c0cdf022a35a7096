import { remoteScript } from './call.ts';
import { findFolders } from './folders.ts';
import type { ProcessOfLaunch } from './processes.ts';

/**
 * Sends a signal to these processes and notes that the service was stopped by a person. A process is known by its
 * number and its start together: one that took over a number meanwhile is left alone.
 */
export const signalScript = (
  launchId: string,
  signal: 'TERM' | 'KILL',
  processes: readonly ProcessOfLaunch[],
  folders: readonly string[],
): string =>
  remoteScript(
    ['signal', launchId, signal, ...processes.map(({ pid, begun }) => `${pid}:${begun}`)],
    `${findFolders(folders)}date +%s >"$s/$3/stopped"
k=$4
shift 4
for e; do
  p=\${e%%:*}
  l=
  { read -r l </proc/$p/stat; } 2>/dev/null
  [ -n "$l" ] || continue
  b=$(set -- \${l##*") "}; echo "\${20}")
  if [ "$b" = "\${e#*:}" ]; then kill -$k "$p" 2>/dev/null; fi
done
echo gearway:done
`,
  );

/** Removes a service's folder with its logs. The caller knows that nothing of it runs. */
export const removeScript = (launchId: string, folders: readonly string[]): string =>
  remoteScript(['remove', launchId], `${findFolders(folders)}rm -rf "$s/$3"\necho gearway:done\n`);
