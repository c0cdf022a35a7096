import { quote } from '../../quoting/index.ts';

/**
 * Folders that outlast a run, by what the platform calls them: the home folder is reset at each start, these are not
 * (openbayes-client-examples, "Persistent storage").
 */
export const lastingFolders = ['/output', '/openbayes/home', '/hyperai/home'] as const;

/**
 * Sets `r`, the folder that lasts (the home folder where the container has none), and `s`, where started services
 * keep what belongs to them. Readable by their owner only.
 */
export const findFolders = (folders: readonly string[]): string => `umask 077
unset CDPATH
r=
for d in ${folders.map(quote).join(' ')}; do
  if [ -d "$d" ] && [ -w "$d" ]; then r=$d; break; fi
done
if [ -z "$r" ]; then r=\${HOME:-}; fi
if [ -z "$r" ] || [ ! -w "$r" ]; then r=/tmp; fi
s=$r/.gearway/services
`;
