import type { TunnelFigures } from '../../../shared/model/service.ts';
import type { AppError } from '../../../shared/result.ts';
import type { Clock } from '../base/effects.ts';
import type { Link } from './types.ts';

const mostErrors = 5;

/** Counts what one tunnel carries: two additions for each chunk, the rest once a second. */
export function tunnelFigures(clock: Clock) {
  const traffic = { bytesUp: 0, bytesDown: 0 };
  let mark = { at: clock.now(), ...traffic };
  let rates = { rateUp: 0, rateDown: 0 };
  let upSince: number | undefined;
  let lastErrors: TunnelFigures['lastErrors'] = [];
  return {
    sent(bytes: number) {
      traffic.bytesUp += bytes;
    },
    received(bytes: number) {
      traffic.bytesDown += bytes;
    },
    up() {
      upSince = clock.now();
    },
    failed(error: AppError) {
      const at = clock.now();
      const others = lastErrors[0]?.error.code === error.code ? lastErrors.slice(1) : lastErrors;
      lastErrors = [{ at, error }, ...others].slice(0, mostErrors);
    },
    /** Takes the rates since the last call; gives whether anything moved. */
    measure(): boolean {
      const now = clock.now();
      const seconds = Math.max(now - mark.at, 1) / 1_000;
      rates = {
        rateUp: Math.round((traffic.bytesUp - mark.bytesUp) / seconds),
        rateDown: Math.round((traffic.bytesDown - mark.bytesDown) / seconds),
      };
      mark = { at: now, ...traffic };
      return rates.rateUp + rates.rateDown > 0;
    },
    traffic: () => ({ ...traffic }),
    view(link: Link | undefined): TunnelFigures {
      const roundTripMs = link?.roundTripMs() ?? 0;
      return {
        ...rates,
        ...(roundTripMs > 0 ? { roundTripMs: Math.round(roundTripMs * 10) / 10 } : {}),
        ...(link === undefined || upSince === undefined ? {} : { upSince }),
        lastErrors,
      };
    },
  };
}
