import { remoteScript } from './call.ts';
import { findFolders } from './folders.ts';

/** A log beyond this size loses its beginning: it must not fill the container's disk. */
const mostLogBytes = 256 * 1024 * 1024;
const keptLogBytes = 32 * 1024 * 1024;
/** A model server says what went wrong, then prints the traces of all its processes. */
const searchedBytes = 200_000;

/**
 * Prints every started service and what is needed to tell its processes, in a handful of programs however many
 * processes there are: no `ps`, `pgrep` or `setsid` is needed. Read by `readLaunchList`.
 *
 * A log is cut by copying its end away and emptying it: services write to it in append mode, so nothing tears.
 */
export const listScript = (folders: readonly string[]): string =>
  remoteScript(
    ['list'],
    `${findFolders(folders)}size() { set -- $(ls -ln "$1" 2>/dev/null); echo "\${5:-0}"; }
echo "gearway:home $r"
echo "now $(date +%s)"
for d in "$s"/*; do
  [ -f "$d/meta" ] || continue
  echo "gearway:launch \${d##*/}"
  n=$(size "$d/log")
  if [ "$n" -gt ${mostLogBytes} ]; then
    tail -c ${keptLogBytes} "$d/log" >"$d/log.old"
    : >"$d/log"
    n=0
  fi
  echo "size $n"
  t= k=
  { read -r t k <"$d/run"; } 2>/dev/null
  echo "run $t $k"
  if [ -f "$d/exit" ]; then
    x=$(cat "$d/exit")
    echo "exit $x"
    if [ "\${x%% *}" != 0 ]; then
      tail -c ${searchedBytes} "$d/log" 2>/dev/null | tr -d "\\000" | grep -iE "error|not found|no module|out of memory|cannot|can.t open|couldn.t|unrecognized|unknown|no such|in use|denied|no cuda|no nvidia|memory" | tail -n 40 | cut -c 1-600 | sed "s/^/! /"
    fi
  fi
  if [ -f "$d/stopped" ]; then echo "stopped $(cat "$d/stopped")"; fi
  printf "meta "; head -n 1 "$d/meta"
  if [ -n "$t" ]; then grep -l "GEARWAY_RUN=$t" /proc/[0-9]*/environ 2>/dev/null; fi
  tail -c 6000 "$d/log" 2>/dev/null | tail -n 20 | sed "s/^/| /"
  echo
done
echo gearway:processes
cat /proc/[0-9]*/stat 2>/dev/null
echo gearway:outputs
ls -l /proc/[0-9]*/fd/1 /proc/[0-9]*/fd/2 2>/dev/null | grep -F "$s/" | sed "s/.*\\/proc\\//\\/proc\\//"
echo gearway:end
`,
  );
