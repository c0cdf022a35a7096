/**
 * What becomes of a keyword of ssh_config(5): `taken` is obeyed; `idle` changes nothing for a connection that opens no
 * shell, shares no master and chooses its own algorithms' order; `told` would change how the connection is made, and is not
 * carried out, so that a person is told, unless it has a value that asks for nothing.
 */
type Fate = 'taken' | 'idle' | { readonly told: readonly string[] };

const taken =
  'host match include hostname port user identityfile certificatefile identitiesonly identityagent hostkeyalias proxyjump proxycommand localforward remoteforward dynamicforward gatewayports clearallforwardings userknownhostsfile globalknownhostsfile ignoreunknown';

/** Sessions and terminals, masters, what is logged, how it is kept alive; what old versions knew and new ones ignore. */
const idle =
  'addkeystoagent batchmode canonicaldomains canonicalizefallbacklocal canonicalizemaxdots canonicalizepermittedcnames challengeresponseauthentication channeltimeout checkhostip compression compressionlevel connectionattempts connecttimeout controlmaster controlpath controlpersist enableescapecommandline enablesshkeysign escapechar exitonforwardfailure fingerprinthash forkafterauthentication forwardagent forwardx11 forwardx11timeout forwardx11trusted gssapiauthentication gssapiclientidentity gssapidelegatecredentials gssapikeyexchange gssapikexalgorithms gssapirenewalforcesrekey gssapiserveridentity gssapitrustdns hashknownhosts hostbasedacceptedalgorithms hostbasedauthentication hostbasedkeytypes ipqos kbdinteractivedevices keepalive loglevel logverbose nohostauthenticationforlocalhost numberofpasswordprompts obscurekeystroketiming permitlocalcommand protocol pubkeyacceptedalgorithms pubkeyacceptedkeytypes refuseconnection rekeylimit remotecommand requesttty requiredrsasize rhostsauthentication rhostsrsaauthentication rsaauthentication sendenv serveralivecountmax serveraliveinterval sessiontype setenv skeyauthentication smartcarddevice stdinnull streamlocalbindmask streamlocalbindunlink syslogfacility tcpkeepalive tisauthentication updatehostkeys usekeychain useprivilegedport useroaming versionaddendum visualhostkey warnweakcrypto xauthlocation fallbacktorsh usersh afstokenpassing kerberosauthentication kerberostgtpassing';

const told: Readonly<Record<string, readonly string[]>> = {
  addressfamily: ['any'],
  bindaddress: [],
  bindinterface: [],
  canonicalizehostname: ['no', 'none'],
  casignaturealgorithms: [],
  cipher: [],
  ciphers: [],
  hostkeyalgorithms: [],
  kbdinteractiveauthentication: ['yes'],
  kexalgorithms: [],
  knownhostscommand: ['none'],
  localcommand: [],
  macs: [],
  passwordauthentication: ['yes'],
  permitremoteopen: ['any'],
  pkcs11provider: ['none'],
  preferredauthentications: [],
  proxyusefdpass: ['no'],
  pubkeyauthentication: ['yes', 'unbound', 'host-bound'],
  revokedhostkeys: ['none'],
  securitykeyprovider: ['internal'],
  stricthostkeychecking: ['yes', 'ask', 'true'],
  tag: [],
  tunnel: ['no'],
  tunneldevice: [],
  verifyhostkeydns: ['no', 'ask'],
};

const fates: ReadonlyMap<string, Fate> = new Map<string, Fate>([
  ...taken.split(' ').map((name): [string, Fate] => [name, 'taken']),
  ...idle.split(' ').map((name): [string, Fate] => [name, 'idle']),
  ...Object.entries(told).map(([name, but]): [string, Fate] => [name, { told: but }]),
]);

/** Nothing for a keyword that OpenSSH does not know either. Pure. */
export const fateOf = (keyword: string): Fate | undefined => fates.get(keyword);
