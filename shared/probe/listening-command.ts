import { anyShell } from '../quoting/index.ts';

/**
 * Prints what listens in a container, without `ss`, `lsof` or any right beyond one's own. Two programs read the whole
 * process table, and two more run for each socket that listens: a container of a thousand processes answers at once.
 *
 * Its output, line by line:
 * - `gearway:tcp`, then the lines of `/proc/net/tcp` whose state is 0A (LISTEN), as the kernel writes them
 *   (proc(5): `sl local_address rem_address st … inode`), without the heading;
 * - `gearway:tcp6`, then the same of `/proc/net/tcp6`, where there is one;
 * - `gearway:owners`, then for each process that holds a listening socket `INODE PID NAME`, NAME being the process's
 *   short name (`/proc/PID/comm`), and after it `PID> ` with the beginning of its command line; processes of other
 *   users are missing;
 * - `gearway:end`.
 */
const script = `echo gearway:tcp
grep " 0A " /proc/net/tcp 2>/dev/null
echo gearway:tcp6
grep " 0A " /proc/net/tcp6 2>/dev/null
echo gearway:owners
k=
for f in /proc/net/tcp /proc/net/tcp6; do
  [ -r "$f" ] || continue
  while read -r a b c s d e g h i n m; do
    if [ "$s" = 0A ] && [ "$n" != 0 ]; then k="$k|socket:.$n."; fi
  done <"$f"
done
if [ -n "$k" ]; then
  ls -l /proc/[0-9]*/fd 2>/dev/null | grep -E "^/proc/$k" | while read -r l; do
    case $l in
      /proc/*) p=\${l#/proc/} p=\${p%%/*} ;;
      *)
        n=\${l##*"["}
        echo "\${n%"]"} $p $(cat "/proc/$p/comm" 2>/dev/null)"
        echo "$p> $(tr "\\0\\n" "  " <"/proc/$p/cmdline" 2>/dev/null | cut -c 1-200)"
        ;;
    esac
  done
fi
echo gearway:end
`;

/** One line for any login shell. */
export const listeningCommand = anyShell(script);
