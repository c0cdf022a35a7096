import { remoteScript } from './call.ts';
import { findFolders } from './folders.ts';

/**
 * Prints `gearway:log FROM TO SIZE` and the log from byte FROM on, `most` bytes at most. `from` below 0 asks for the
 * end. A part that stops before the end of the log stops at the end of a line, so that no character is torn.
 * `which` is `log`, or `log.old` for the run before.
 */
export const logScript = (
  call: {
    readonly launchId: string;
    readonly from: number;
    readonly most: number;
    readonly which: 'log' | 'log.old';
  },
  folders: readonly string[],
): string =>
  remoteScript(
    ['log', call.launchId, String(call.from), String(call.most), call.which],
    `${findFolders(folders)}f=$s/$3/$6 b=$4 m=$5
if [ ! -f "$f" ]; then echo "gearway:log 0 0 0"; exit 0; fi
n=$(set -- $(ls -ln "$f"); echo "$5")
if [ "$b" -lt 0 ]; then
  b=$((n-m))
  if [ "$b" -lt 0 ]; then b=0; fi
  if [ "$b" -gt 0 ]; then
    k=$(tail -c "+$((b+1))" "$f" | head -c "$m" | head -n 1 | wc -c)
    if [ "$k" -lt "$m" ]; then b=$((b+k)); m=$((m-k)); fi
  fi
fi
if [ "$b" -gt "$n" ]; then b=0; fi
l=$((n-b))
if [ "$l" -gt "$m" ]; then
  l=$m
  k=$(tail -c "+$((b+1))" "$f" | head -c "$l" | tail -n 1 | wc -c)
  z=$(tail -c "+$((b+1))" "$f" | head -c "$l" | tail -c 1 | tr -d "\\n" | wc -c)
  if [ "$z" -gt 0 ] && [ "$k" -lt "$l" ]; then l=$((l-k)); fi
fi
echo "gearway:log $b $((b+l)) $n"
tail -c "+$((b+1))" "$f" | head -c "$l"
`,
  );

/**
 * Prints `LINE:BYTE:TEXT` for each line that holds this text (`LINE:TEXT` where the container's `grep` knows no
 * bytes), `most` at most, then `gearway:end`. Upper and lower case are the same.
 */
export const searchScript = (
  launchId: string,
  text: string,
  most: number,
  folders: readonly string[],
): string =>
  remoteScript(
    ['search', launchId, text, String(most)],
    `${findFolders(folders)}f=$s/$3/log
if echo x | grep -b x >/dev/null 2>&1; then o=-anbiF; echo gearway:bytes; else o=-niF; echo gearway:lines; fi
grep "$o" -e "$4" "$f" 2>/dev/null | head -n "$5" | cut -c 1-600
echo gearway:end
`,
  );
