import { quote } from '../../quoting/index.ts';
import { remoteScript } from './call.ts';
import { findFolders } from './folders.ts';

/**
 * Stands over one service: notes who it is, runs the command to its end, notes how that was. It ignores the hang-up
 * of the connection that started it. Arguments: the service's folder, its token, where it runs, the shell that
 * started it.
 *
 * Its file `run` holds `TOKEN PID BEGUN SESSION TIME`. BEGUN (field 22 of proc(5) stat) tells it from a later process
 * of the same number. SESSION is 0 unless the session is surely its own: else stopping by session could reach others.
 */
const runner = `d=$1 t=$2 w=$3 p=$4
trap "" HUP
read -r l </proc/$$/stat
l=\${l##*") "}
set -- $l
n=$4
if [ "$n" != "$$" ] && [ "$n" != "$p" ]; then n=0; fi
printf "%s %s %s %s %s\\n" "$t" "$$" "\${20}" "$n" "$(date +%s)" >"$d/run"
GEARWAY_RUN=$t GEARWAY_FOLDER=$w GEARWAY_PATH=$(cat /proc/1/environ 2>/dev/null | tr "\\0" "\\n" | sed -n "s/^PATH=//p")
export GEARWAY_RUN GEARWAY_FOLDER GEARWAY_PATH
if command -v bash >/dev/null 2>&1; then bash -l "$d/command"; else sh "$d/command"; fi
c=$?
printf "%s %s\\n" "$c" "$(date +%s)" >"$d/exit.new" && mv -f "$d/exit.new" "$d/exit"
`;

/**
 * Before the person's command. A login shell's profile may have moved away and set a new PATH; the container's own
 * first process often knows where the image keeps its programs, and a session over SSH does not.
 */
const prologue = `PATH=$PATH:\${GEARWAY_PATH:-/usr/local/bin}:/opt/conda/bin
export PATH
cd "$GEARWAY_FOLDER" || exit 74
unset GEARWAY_FOLDER GEARWAY_PATH
`;

/** Starts `$d/command` so that it needs nobody: in a session of its own where the container can, without any open stream. */
const begin = `if [ ! -d "$w" ]; then echo gearway:nofolder; exit 0; fi
if [ -s "$d/log" ]; then mv -f "$d/log" "$d/log.old"; fi
rm -f "$d/run" "$d/exit" "$d/stopped"
if command -v setsid >/dev/null 2>&1; then
  setsid sh -c "$g" gearway "$d" "$t" "$w" "$$" </dev/null >>"$d/log" 2>&1 &
else
  sh -c "$g" gearway "$d" "$t" "$w" "$$" </dev/null >>"$d/log" 2>&1 &
fi
i=0
while [ ! -s "$d/run" ] && [ "$i" -lt 50 ]; do
  sleep 0.1 2>/dev/null || sleep 1
  i=$((i+1))
done
if [ -s "$d/run" ]; then echo gearway:started; else echo gearway:failed; fi
`;

interface StartCall {
  /** Small letters, digits and hyphens: the name of its folder. */
  readonly launchId: string;
  /** Marks its processes; new for each start. */
  readonly token: string;
  /** One line of JSON. */
  readonly meta: string;
  readonly line: string;
  /** As typed; empty for the folder that lasts. */
  readonly folder: string;
}

/**
 * Writes a service's folder and starts it. Prints `gearway:started`; `gearway:nofolder` where the folder that it is to
 * run in is missing; `gearway:failed`.
 */
export const startScript = (call: StartCall, folders: readonly string[]): string =>
  remoteScript(
    ['start', call.launchId, call.token, call.meta, call.line, call.folder],
    `${findFolders(folders)}g=${quote(runner)}
d=$s/$3 t=$4
mkdir -p "$d" || { echo gearway:failed; exit 0; }
case $7 in
  "") w=$r ;;
  "~") w=$HOME ;;
  "~/"*) w=$HOME/\${7#"~/"} ;;
  /*) w=$7 ;;
  *) w=$r/$7 ;;
esac
printf "%s\\n" "$5" >"$d/meta"
printf "%s%s\\n" ${quote(prologue)} "$6" >"$d/command"
printf "%s" "$w" >"$d/folder"
${begin}`,
  );

/** `loopback`: every 0.0.0.0 of the command becomes 127.0.0.1; `before`: the command is again what it was before that. */
export type NewHost = 'loopback' | 'before';

/** Starts once more what the folder of a service holds: no secret of it has to be typed again. Prints as `startScript`; `gearway:unknown`. */
export const againScript = (
  { launchId, token, host }: { readonly launchId: string; readonly token: string; readonly host?: NewHost },
  folders: readonly string[],
): string =>
  remoteScript(
    ['again', launchId, token, host ?? ''],
    `${findFolders(folders)}g=${quote(runner)}
d=$s/$3 t=$4
if [ ! -f "$d/command" ]; then echo gearway:unknown; exit 0; fi
case $5 in
  loopback)
    for f in command meta; do
      [ -f "$d/$f.open" ] || cp -p "$d/$f" "$d/$f.open" || exit 1
      sed "s/0\\.0\\.0\\.0/127.0.0.1/g" "$d/$f.open" >"$d/$f.new" && mv -f "$d/$f.new" "$d/$f" || exit 1
    done ;;
  before)
    for f in command meta; do
      if [ -f "$d/$f.open" ]; then mv -f "$d/$f.open" "$d/$f"; fi
    done ;;
esac
w=$(cat "$d/folder")
${begin}`,
  );
