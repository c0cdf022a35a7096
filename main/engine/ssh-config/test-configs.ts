/** Makes configurations and commands for the comparison with `ssh -G`, the same ones for the same seed. */

export interface MadeCase {
  /** By name; the first is the one that `-F` names. `@/` stands for their folder. */
  readonly files: ReadonlyMap<string, string>;
  readonly words: readonly string[];
}

/** A number from 0 to below `most`. */
type Draw = (most: number) => number;

/** A small generator with a period of 2^32 (Numerical Recipes' constants). */
export function drawFrom(seed: number): Draw {
  let state = seed >>> 0;
  return (most) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
}

const hosts = [
  'lab',
  'lab-1',
  'gate',
  'db.example.com',
  'LAB',
  '10.0.0.1',
  'h',
  '实验室',
  'a+b',
  'x_y',
  'web/1',
  'c1',
];
const patterns = [
  '*',
  'lab*',
  '?at?',
  '!gate',
  '*.example.com',
  '10.0.0.*',
  '!lab-1',
  'l*b',
  '??',
  '*+*',
  'c[1]',
];
const users = ['me', 'root', 'me@corp', 'a#b', 'x=y', 'DOM\\me', 'u.v-w', '张三', '"quoted"', 'u%r'];
const keys = [
  '~/.ssh/id_lab',
  '/keys/%h',
  '"/my keys/id"',
  '/k/%r-%p',
  '~/.ssh/%n',
  'rel/key',
  '%d/.ssh/k',
  '/k\\ y/z',
  'none',
  "'/q/k'",
];
const ends = ['\n', '\n', '\n', '\r\n', ' \n', '\t\n'];
const forwards = [
  '8080 localhost:80',
  '127.0.0.1:8081 db:5432',
  '*:8082 [::1]:80',
  '[::1]:8083 h:1',
  ':8084 h:80',
  '8085 /run/a.sock',
  '"8086" "h:80"',
  '0.0.0.0:8087 10.0.0.1:8088',
];
const jumps = [
  'gate',
  'me@gate',
  'gate:2200',
  'a@x:1,gate',
  'none',
  'ssh://me@gate:23',
  '[::1]:9',
  'gate,lab-1',
  '10.0.0.1',
  'root@h:7,c1',
];

export function makeCase(seed: number): MadeCase {
  const draw = drawFrom(seed * 7_919 + 1);
  const pick = <T>(list: readonly T[]): T => list[draw(list.length)] as T;
  const maybe = (percent: number) => draw(100) < percent;
  const files = new Map<string, string>();

  const keyword = (name: string) =>
    `${maybe(20) ? name.toLowerCase() : maybe(10) ? name.toUpperCase() : name}${pick([' ', ' ', ' ', '  ', '\t', '=', ' = '])}`;
  const option = (): string => {
    switch (draw(20)) {
      case 0:
      case 1:
        return (
          keyword('HostName') +
          pick(['10.1.1.1', '%h.internal', 'UPPER.example.com', 'fe80::1', 'x%%y', '"quoted.host"', 'h2'])
        );
      case 2:
      case 3:
        return keyword('User') + pick(users);
      case 4:
      case 5:
        return keyword('Port') + pick(['22', '2222', '65535', '022', '"2200"']);
      case 6:
      case 7:
        return keyword('IdentityFile') + pick(keys);
      case 8:
        return keyword('ProxyJump') + pick(jumps);
      case 9:
        return keyword('LocalForward') + pick(forwards);
      case 10:
        return keyword('RemoteForward') + pick(['9000 localhost:80', '*:9001 h:1', '[::]:9002 h:2', '0 h:3']);
      case 11:
        return keyword('DynamicForward') + pick(['1080', '127.0.0.1:1081', '*:1082', '[::1]:1083']);
      case 12:
        return keyword('IdentitiesOnly') + pick(['yes', 'no', 'true']);
      case 13:
        return keyword('HostKeyAlias') + pick(['alias', 'Alias-2']);
      case 14:
        return keyword('CertificateFile') + pick(['~/.ssh/c-cert.pub', '/c/%h']);
      case 15:
        return keyword('ProxyCommand') + pick(['none', 'nc %h %p', 'ssh -W %h:%p gate']);
      case 16:
        return keyword('ServerAliveInterval') + pick(['5', '30']);
      case 17:
        return keyword('ForwardAgent') + pick(['yes', 'no']);
      case 18:
        return pick([
          '# a remark',
          '',
          '   ',
          '#Host lab',
          `${keyword('IgnoreUnknown')}Odd*`,
          keyword('ClearAllForwardings') + pick(['yes', 'no']),
        ]);
      default:
        return keyword('GatewayPorts') + pick(['yes', 'no']);
    }
  };
  const head = (): string => {
    if (maybe(25)) {
      const criteria = [
        () => `host ${pick(['lab*', '*.internal', 'gate,lab', '!lab,*', '10.*'])}`,
        () => `originalhost ${pick(['lab', 'LAB', 'l*,h'])}`,
        () => `user ${pick(['me', 'root', 'm*'])}`,
        () => `localuser ${pick(['root', 'nobody'])}`,
        () => 'final',
        () => `!host ${pick(['gate', 'h'])}`,
      ];
      if (maybe(15)) return `${keyword('Match')}all`;
      return keyword('Match') + Array.from({ length: 1 + draw(2) }, () => pick(criteria)()).join(' ');
    }
    const words = Array.from({ length: 1 + draw(3) }, () => (maybe(55) ? pick(hosts) : pick(patterns)));
    return (
      keyword('Host') + words.map((word) => (maybe(10) ? `"${word}"` : word)).join(pick([' ', '  ', '\t']))
    );
  };
  const body = (depth: number): string => {
    let text = maybe(5) ? '' : '';
    for (let block = 0, blocks = draw(5); block <= blocks; block += 1) {
      if (block > 0 || maybe(70)) text += head() + pick(ends);
      for (let line = 0, lines = draw(4); line < lines; line += 1)
        text += `${pick(['', '  ', '\t'])}${option()}${maybe(6) ? ' # why' : ''}${pick(ends)}`;
      if (depth < 3 && maybe(18)) {
        const name = `inc-${files.size}-${draw(1_000)}.conf`;
        files.set(name, body(depth + 1));
        text += `  ${keyword('Include')}@/${maybe(20) ? name.replace(/\d/, '?') : name}${pick(ends)}`;
      }
    }
    return maybe(15) ? text.trimEnd() : text;
  };

  files.set('config', '');
  files.set('config', body(0));
  const words: string[] = [];
  const more = () => {
    switch (draw(9)) {
      case 0:
        return ['-p', pick(['22', '2201', '65000'])];
      case 1:
        return [`-l${pick(['me', 'x=y', 'a#b'])}`];
      case 2:
        return ['-J', pick(jumps)];
      case 3:
        return [
          '-L',
          pick(['1:h:2', '*:8080:h:80', '[::1]:1:[fe80::1]:2', 'localhost:3:h:4', '5:/run/x.sock', ':6:h:7']),
        ];
      case 4:
        return [
          '-o',
          pick([
            'Port=2300',
            'HostName=over.example',
            'HostName over2',
            'User=opt',
            'ProxyJump=gate',
            'IdentityFile=/o/k',
            'IdentitiesOnly yes',
            'GatewayPorts=yes',
            'LocalForward=7001 h:1',
          ]),
        ];
      case 5:
        return [pick(['-fN', '-NT', '-v', '-4', '-C', '-A'])];
      case 6:
        return ['-D', pick(['1080', '*:1081', ':1082'])];
      case 7:
        return ['-R', pick(['9000:h:80', '*:9001:h:1', ':9002:h:2', '0:h:3'])];
      default:
        return ['-fNp2400'];
    }
  };
  for (let count = draw(3); count > 0; count -= 1) words.push(...more());
  const host = pick(hosts);
  words.push(
    pick([
      host,
      host,
      host,
      `me@${host}`,
      `a@b@${host}`,
      `x#y@${host}`,
      /^[\w.-]+$/.test(host) ? `ssh://u@${host}:2299` : host,
      `root@${host}`,
    ]),
  );
  for (let count = draw(2); count > 0; count -= 1) words.push(...more());
  return { files, words };
}
