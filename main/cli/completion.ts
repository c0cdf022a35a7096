import type { Command, CommandSpec } from './command.ts';
import { exitStatus } from './io.ts';

type Specs = readonly CommandSpec[];

/** `--json`, `-i` and their kind, of one command. */
export const flagsOf = ({ options = [] }: Pick<CommandSpec, 'options'>): readonly string[] =>
  options.flatMap(([flags]) => flags.match(/(?<![\w-])--?[A-Za-z][\w-]*/g) ?? []);

/** What may follow, by the words before it: `''`, `containers`, `containers start`. */
function following(commands: Specs): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  const add = (before: string, words: readonly string[]) =>
    found.set(before, [...new Set([...(found.get(before) ?? []), ...words])]);
  for (const spec of commands) {
    const [first, second] = spec.name;
    add('', [first]);
    if (second !== undefined) add(first, [second]);
    add(spec.name.join(' '), [...flagsOf(spec), '--help']);
  }
  return found;
}

const shells: Readonly<Record<string, (commands: Specs) => string>> = {
  bash: (commands) => `# gearway completion bash
_gearway() {
  local current="\${COMP_WORDS[COMP_CWORD]}" words=""
  case "\${COMP_WORDS[*]:1:COMP_CWORD-1}" in
${[...following(commands)]
  .toSorted(([a], [b]) => b.length - a.length)
  .map(([before, next]) => `    ${before === '' ? '""' : `"${before}"*`}) words="${next.join(' ')}" ;;`)
  .join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _gearway gearway`,
  zsh: (commands) => `#compdef gearway
# gearway completion zsh
_gearway() {
  local -a next
  case "\${(j: :)words[2,CURRENT-1]}" in
${[...following(commands)]
  .toSorted(([a], [b]) => b.length - a.length)
  .map(([before, next]) => `    ${before === '' ? '""' : `"${before}"*`}) next=(${next.join(' ')}) ;;`)
  .join('\n')}
  esac
  compadd -- $next
}
compdef _gearway gearway`,
  fish: (commands) =>
    [
      '# gearway completion fish',
      ...commands.flatMap(({ name: [first, second], does, options = [] }) => {
        const said = does.replaceAll("'", "\\'");
        const here =
          second === undefined
            ? `__fish_seen_subcommand_from ${first}`
            : `__fish_seen_subcommand_from ${first}; and __fish_seen_subcommand_from ${second}`;
        return [
          second === undefined
            ? `complete -c gearway -n __fish_use_subcommand -f -a ${first} -d '${said}'`
            : `complete -c gearway -n '__fish_seen_subcommand_from ${first}' -f -a ${second} -d '${said}'`,
          ...options.flatMap(([flags, what]) => {
            const long = /--([\w-]+)/.exec(flags)?.[1];
            const text = what.replaceAll("'", "\\'");
            return long === undefined ? [] : [`complete -c gearway -n '${here}' -l ${long} -d '${text}'`];
          }),
        ];
      }),
      ...[...new Set(commands.filter(({ name }) => name.length > 1).map(({ name }) => name[0]))].map(
        (group) => `complete -c gearway -n __fish_use_subcommand -f -a ${group}`,
      ),
    ].join('\n'),
  powershell: (commands) => `# gearway completion powershell
Register-ArgumentCompleter -Native -CommandName gearway -ScriptBlock {
  param($word, $tree, $position)
  $next = @{
${[...following(commands)].map(([before, next]) => `    '${before}' = '${next.join(' ')}'`).join('\n')}
  }
  $before = @($tree.CommandElements | Select-Object -Skip 1 | ForEach-Object { "$_" } | Where-Object { $_ -ne $word })
  for ($n = [Math]::Min(2, $before.Count); $n -ge 0; $n--) {
    $key = if ($n -eq 0) { '' } else { $before[0..($n - 1)] -join ' ' }
    if ($next.ContainsKey($key)) {
      $next[$key] -split ' ' | Where-Object { $_ -like "$word*" } |
        ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
      break
    }
  }
}`,
};

/** `gearway completion SHELL`: what a shell reads at its start. */
export const completionOf =
  (commands: Specs): Command =>
  async ({ args: [shell = ''] }, io) => {
    const make = Object.hasOwn(shells, shell) ? shells[shell] : undefined;
    if (make === undefined) {
      io.fail('bad_request', `a shell is ${Object.keys(shells).join(', ')}, and not ${shell}.`);
      return exitStatus.wrongUsage;
    }
    io.out(make(commands.filter(({ hidden }) => hidden !== true)));
    return exitStatus.done;
  };
