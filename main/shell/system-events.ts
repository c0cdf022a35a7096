import { powerMonitor } from 'electron';
import type { ActivityLog } from './activity/index.ts';
import { watchNetwork } from './network-watch.ts';

/**
 * Sleep, waking, another network and the end of the session. A link that lay still for an hour looks alive until
 * somebody asks: every wake and every new network asks at once.
 */
export function followSystem(options: {
  readonly activity: ActivityLog;
  readonly askEveryLink: () => void;
  readonly quit: () => void;
}): () => void {
  const { activity, askEveryLink } = options;
  const suspend = () => activity.add({ code: 'system_sleeps' });
  const resume = () => {
    activity.add({ code: 'system_woke' });
    askEveryLink();
  };
  const shutdown = (event: { preventDefault(): void }) => {
    // The system waits a little for those that ask: tunnels end in order and files are whole.
    event.preventDefault();
    options.quit();
  };
  powerMonitor.on('suspend', suspend);
  powerMonitor.on('resume', resume);
  powerMonitor.on('shutdown', shutdown as () => void);
  const unwatch = watchNetwork(() => {
    activity.add({ code: 'network_changed' });
    askEveryLink();
  });
  return () => {
    powerMonitor.off('suspend', suspend);
    powerMonitor.off('resume', resume);
    powerMonitor.off('shutdown', shutdown as () => void);
    unwatch();
  };
}
