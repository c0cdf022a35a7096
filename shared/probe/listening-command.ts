/**
 * One line of POSIX shell that prints what listens in a container, without `ss`, `lsof` or any right beyond one's own.
 *
 * Its output, line by line:
 * - `gearway:tcp`, then the lines of `/proc/net/tcp` whose state is 0A (LISTEN), as the kernel writes them
 *   (proc(5): `sl local_address rem_address st … inode`), without the heading;
 * - `gearway:tcp6`, then the same of `/proc/net/tcp6`, where there is one;
 * - `gearway:owners`, then for each process that holds a listening socket `INODE NAME`, NAME being the process's
 *   short name (`/proc/PID/comm`); processes of other users are missing;
 * - `gearway:end`.
 */
export const listeningCommand = [
  'echo gearway:tcp',
  "grep ' 0A ' /proc/net/tcp 2>/dev/null",
  'echo gearway:tcp6',
  "grep ' 0A ' /proc/net/tcp6 2>/dev/null",
  'echo gearway:owners',
  [
    'for p in /proc/[0-9]*',
    'do ls -l "$p/fd" 2>/dev/null | sed -n "s/.*socket:\\[\\([0-9]*\\)\\]$/\\1/p" | while read -r i',
    'do echo "$i $(cat "$p/comm" 2>/dev/null)"',
    'done',
    'done',
  ]
    .join('; ')
    .replaceAll('do; ', 'do '),
  'echo gearway:end',
].join('; ');
