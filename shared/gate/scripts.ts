import { findFolders, remoteScript } from '../launch/remote/index.ts';
import { type GateFile, type GateUse, gateFileSchema, gateUseSchema } from '../model/gate.ts';

/** Sets `d`, the folder of the gate in front of a port, beside those of started services. */
const findGate = (folders: readonly string[]) => `${findFolders(folders)}d=$r/.gearway/gates/$3
`;

/** How a gate is started, in the folder that lasts, where the launcher starts what has no folder of its own. */
export const gateCommand = (port: number): string => `exec python3 -I -B -u .gearway/gates/${port}/gate.py`;

/**
 * Takes from its input, which no list of processes shows, first `gate.json` in one line, then the gate's program, and
 * puts both in place when all `bytes` of it came. Prints `gearway:written`, or `gearway:cut`.
 */
export const writeGateScript = (port: number, bytes: number, folders: readonly string[]): string =>
  remoteScript(
    ['gate-write', String(port), String(bytes)],
    `${findGate(folders)}mkdir -p "$d" && cat >"$d/input.new" || exit 1
n=$(wc -c <"$d/input.new")
if [ "$n" -ne "$4" ]; then rm -f "$d/input.new"; echo gearway:cut; exit 0; fi
sed 1d "$d/input.new" >"$d/gate.py.new" && mv -f "$d/gate.py.new" "$d/gate.py" || exit 1
sed -n 1p "$d/input.new" >"$d/gate.json.new" && mv -f "$d/gate.json.new" "$d/gate.json" || exit 1
rm -f "$d/input.new"
echo gearway:written
`,
  );

/** Prints which Python there is, the gate's file and what it counted. Read by `readGate`. */
export const lookAtGateScript = (port: number, folders: readonly string[]): string =>
  remoteScript(
    ['gate-look', String(port)],
    `${findGate(folders)}PATH=$PATH:$(cat /proc/1/environ 2>/dev/null | tr "\\0" "\\n" | sed -n "s/^PATH=//p"):/usr/local/bin:/opt/conda/bin
echo "gearway:python $(python3 -I -c "import sys; print(sys.version_info[0] * 100 + sys.version_info[1])" 2>/dev/null)"
if [ -f "$d/gate.json" ]; then printf "gearway:file "; head -n 1 "$d/gate.json"; echo; fi
if [ -f "$d/use.json" ]; then printf "gearway:use "; head -n 1 "$d/use.json"; echo; fi
echo gearway:end
`,
  );

/** Takes a gate's folder away. Prints `gearway:removed`. */
export const removeGateScript = (port: number, folders: readonly string[]): string =>
  remoteScript(
    ['gate-remove', String(port)],
    `${findGate(folders)}rm -rf "$d" && echo gearway:removed
`,
  );

/** What stands in a container for one port. */
export interface FoundGate {
  /** A Python that can run a gate: 3.8 or later. */
  readonly hasPython: boolean;
  readonly file?: GateFile;
  readonly use?: GateUse;
}

/** Reads what `lookAtGateScript` printed; `undefined` when it did not run to its end. */
export function readGate(output: string): FoundGate | undefined {
  if (!/^gearway:end$/m.test(output)) return undefined;
  const version = Number(/^gearway:python (\d{3})$/m.exec(output)?.[1] ?? 0);
  const part = <T>(
    name: string,
    schema: { safeParse(value: unknown): { data?: T; success: boolean } },
  ): T | undefined => {
    const text = new RegExp(`^gearway:${name} (.*)$`, 'm').exec(output)?.[1];
    if (text === undefined) return undefined;
    try {
      return schema.safeParse(JSON.parse(text)).data;
    } catch {
      return undefined;
    }
  };
  return { hasPython: version >= 308, file: part('file', gateFileSchema), use: part('use', gateUseSchema) };
}
