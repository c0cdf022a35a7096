import type { Service } from '../model/service.ts';

/** Of the system, of the platform's image, and of tools that people carry along: `/proc/PID/comm`, cut to 15 characters. */
const systemProcesses: ReadonlySet<string> = new Set([
  'sshd',
  'dropbear',
  'systemd',
  'systemd-resolve',
  'systemd-network',
  'init',
  'dbus-daemon',
  'rpcbind',
  'rpc.statd',
  'cupsd',
  'chronyd',
  'ntpd',
  'avahi-daemon',
  'exim4',
  'master',
  'sendmail',
  'dnsmasq',
  'named',
  'unbound',
  'containerd',
  'dockerd',
  'docker-proxy',
  'kubelet',
  'snapd',
  'supervisord',
  'tailscaled',
  'zerotier-one',
  'frpc',
  'frps',
  'ssh',
  'gpg-agent',
  'tmux: server',
  'node_exporter',
  'dcgm-exporter',
  'nv-hostengine',
  'raylet',
  'gcs_server',
  'plasma_store',
  'code',
  'code-tunnel',
  'code-server',
  'cursor-server',
  'windsurf-server',
  'rsession',
]);

/** From here on the kernel gives ports to whoever asks for any (`ip_local_port_range`). */
const ephemeralFrom = 32_768;

/**
 * Is it what a person means by a service: one that they mapped, added, started, opened or marked, or a program that
 * serves? What else listens are the system's own ports, those of tools, and the private wires between processes.
 */
export function isMeant(
  service: Service,
  about: { readonly isMarked: boolean; readonly isLaunched: boolean },
): boolean {
  if (about.isMarked || about.isLaunched || service.byHand) return true;
  if (service.exposure.kind === 'mapped' || service.exposure.kind === 'pending') return true;
  if (service.exposure.kind === 'waiting' || service.tunnel.state.kind !== 'closed') return true;
  const { listens } = service;
  if (listens === undefined) return true;
  if (listens.process !== undefined && systemProcesses.has(listens.process)) return false;
  // A kernel of a notebook, a worker of a training: a port that nobody chose, for the machine itself.
  if (service.kind !== undefined) return service.kind.kind !== 'ssh';
  return !(listens.bind === 'loopback' && service.port >= ephemeralFrom);
}
