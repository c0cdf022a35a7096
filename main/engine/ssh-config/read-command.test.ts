import { describe, expect, it } from 'vitest';
import { readCommand } from './read-command.ts';
import { drawFrom } from './test-configs.ts';

/** What a command says, in one line: `user@host:port jumps keys forwards ! not taken`. */
function said(typed: string): string {
  const read = readCommand(typed);
  if (!read.ok) return read.error.code;
  const { alias, options } = read.value;
  const { user, port, jumps, keyFiles, forwards, notTaken, hostName, gatewayPorts } = options;
  return [
    `${user === undefined ? '' : `${user}@`}${alias}${port === undefined ? '' : `:${port}`}`,
    ...(hostName === undefined ? [] : [`is ${hostName}`]),
    ...(jumps === undefined ? [] : [`via ${jumps}`]),
    ...keyFiles.map((file) => `key ${file}`),
    ...forwards.map(
      ({ direction, bind, port: own, host, hostPort }) =>
        `${direction} ${bind === undefined ? '' : `${bind}/`}${own}${host === undefined ? '' : ` ${host}`}${hostPort === undefined ? '' : `/${hostPort}`}`,
    ),
    ...(gatewayPorts === true ? ['for all'] : []),
    ...notTaken.map(({ text }) => `! ${text}`),
  ].join(' ');
}

describe('a command as people paste it', () => {
  it.each([
    ['ssh root@h -p 31612', 'root@h:31612'],
    ['ssh root@h -p31612', 'root@h:31612'],
    ['root@h:31612', 'root@h:31612'],
    ['ssh root@h:2222', 'root@h:2222'],
    ['h', 'h'],
    ['/usr/bin/ssh -l me ssh://h:2200', 'me@h:2200'],
    ['ssh://me@[::1]:2200/', 'me@::1:2200'],
    ['ssh a@b@h', 'a@b@h'],
    ['ssh a#1=x@h', 'a#1=x@h'],
    ['ssh me@实验室', 'me@实验室'],
    ['ssh -i "~/My keys/id" h', 'h key ~/My keys/id'],
    ['ssh -i a -i b h', 'h key a key b'],
    [
      'ssh -fNL 5405:127.0.0.1:5301 -L [::1]:80:[fe80::1]:81 h',
      'h local 5405 127.0.0.1/5301 local ::1/80 fe80::1/81',
    ],
    ['ssh -L *:8080:h:80 h', 'h local */8080 h/80'],
    ['ssh -g -L 8080:h:80 h', 'h local 8080 h/80 for all'],
    ['ssh -D 1080 h', 'h dynamic 1080'],
    ['ssh -R 8080:localhost:80 h', 'h remote 8080 localhost/80'],
    ['ssh -J a@x:1,y h', 'h via a@x:1,y'],
    ['ssh -o Port=2222 -o HostName=10.0.0.1 -o ProxyJump=gate h', 'h:2222 is 10.0.0.1 via gate'],
    ['ssh -oPort=2222 -o "User me" h', 'me@h:2222'],
    ['ssh -p 1 -o Port=2 h', 'h:1'],
    ['ssh h -- uname -p 3', 'h ! uname -p 3'],
  ])('%s', (typed, read) => {
    expect(said(typed)).toBe(read);
  });

  it.each([
    ['$ ssh h', 'h'],
    ['me@laptop:~/work$ ssh h', 'h'],
    ['[me@laptop work]$ ssh h', 'h'],
    ['(base) me@laptop:~$ ssh h -p 2', 'h:2'],
    ['root@laptop:/# ssh h', 'h'],
    ['PS C:\\Users\\me> ssh h', 'h'],
    ['C:\\Users\\me>ssh h', 'h'],
    ['laptop% ssh h', 'h'],
    ['❯ ssh h', 'h'],
    ['登录命令：ssh root@h -p 31612', 'root@h:31612'],
    ['SSH: ssh root@h -p 31612', 'root@h:31612'],
    ['登录命令：\nssh root@h -p 31612', 'root@h:31612'],
    ['sudo ssh h', 'h ! sudo'],
    ['sudo -u me ssh h', 'h ! sudo'],
    ['LC_ALL=C ssh h', 'h ! LC_ALL=C'],
    ['sshpass -p secret ssh h', 'h ! sshpass'],
    ['autossh -M 0 -N h', 'h'],
    ['nohup ssh -N h &', 'h ! nohup'],
    ['ssh h > log 2>&1', 'h ! > log ! >& 1'],
    ['& "C:\\Windows\\System32\\OpenSSH\\ssh.exe" -p 2 h', 'h:2'],
    ['ssh –p 22 −i key —N h', 'h:22 key key'],
    ['ssh -i “~/my key” h', 'h key ~/my key'],
    ['ssh\u00a0-p\u00a022\u200b root@h', 'root@h:22'],
    ['ssh -p 22 \\\n  root@h', 'root@h:22'],
    ['ssh -p 22 ^\r\n  root@h', 'root@h:22'],
    ['ssh -p 22 `\r\n  root@h', 'root@h:22'],
    ['ssh -i C:\\Users\\me\\k h', 'h key C:\\Users\\me\\k'],
    ['ssh -i "C:\\Users\\My Name\\k" h', 'h key C:\\Users\\My Name\\k'],
    ['ssh -i %USERPROFILE%\\.ssh\\k h', 'h key ~/.ssh/k'],
    ['ssh -i $env:USERPROFILE\\.ssh\\k h', 'h key ~/.ssh/k'],
    ['ssh -i $HOME/.ssh/k h', 'h key ~/.ssh/k'],
    ['ssh h\nssh other', 'h ! ssh other'],
  ])('from a terminal or a page: %j', (typed, read) => {
    expect(said(typed)).toBe(read);
  });

  it.each([
    ['ssh -o ProxyUseFdpass=yes h', '! -o ProxyUseFdpass=yes'],
    ['ssh -o StrictHostKeyChecking=no h', '! -o StrictHostKeyChecking=no'],
    ['ssh -o Nonsense=1 h', '! -o Nonsense=1'],
    ['ssh -o "Host x" h', '! -o Host x'],
    ['ssh -4 h', '! -4'],
    ['ssh -W x:1 h', '! -W x:1'],
    ['ssh -b 10.0.0.1 h', '! -b 10.0.0.1'],
    ['ssh -R 9000 h', '! -R 9000'],
    ['ssh -L /run/a:/run/b h', '! -L /run/a:/run/b'],
    ['ssh h nvidia-smi -l 1', '! nvidia-smi -l 1'],
  ])('tells what it does not carry out: %s', (typed, told) => {
    expect(said(typed)).toBe(`h ${told}`);
  });

  it.each([
    ['', 'ssh_command_invalid'],
    ['ssh', 'ssh_command_invalid'],
    ['ssh -p', 'ssh_command_invalid'],
    ['ssh -p 70000 h', 'ssh_command_invalid'],
    ['ssh "h', 'ssh_command_invalid'],
    ["ssh 'a b'", 'ssh_command_invalid'],
    ['ssh h;id', 'ssh_command_invalid'],
    ['ssh h && id', 'ssh_command_invalid'],
    ['cat key | ssh h', 'ssh_command_invalid'],
    ['foo bar', 'ssh_command_invalid'],
    ['ssh $(id)', 'ssh_command_invalid'],
    ['ssh $HOST', 'ssh_command_invalid'],
    ['foo ssh h', 'ssh_command_invalid'],
    ['root@h rm -rf /', 'ssh_command_invalid'],
    ['ssh -J a -J b h', 'ssh_command_invalid'],
    ['ssh -ZZ h', 'ssh_command_invalid'],
    ['ssh -- -oProxyCommand=id', 'ssh_command_invalid'],
    ['ssh -J "-oProxyCommand=id" h', 'ssh_command_invalid'],
    ['ssh -J a,b,c,d,e,f h', 'ssh_jump_loop'],
    ['ssh -L 1:2 h', 'forward_invalid'],
    ['ssh -L 70000:h:1 h', 'forward_invalid'],
    ['ssh -L 1:h:0 h', 'forward_invalid'],
    ['ssh -L 1:-x:2 h', 'forward_invalid'],
    ['ssh -D x h', 'forward_invalid'],
    ['x'.repeat(20_000), 'ssh_command_invalid'],
  ])('%s is refused', (typed, code) => {
    expect(said(typed)).toBe(code);
  });

  it('is never a reason to throw, whatever it is', () => {
    const parts =
      'ssh -L -p -J -o -i 1:2:3 [ ] : " \' \\ / , @ - -- h \0 $ > & | ; ` ^ \n # = % 实 – sudo PS'.split(' ');
    const draw = drawFrom(3);
    for (let turn = 0; turn < 20_000; turn += 1)
      readCommand(
        Array.from({ length: draw(20) }, () => parts[draw(parts.length)]).join(draw(2) === 1 ? '' : ' '),
      );
  });
});
