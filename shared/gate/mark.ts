import type { Gate, GateFile, GateMark, GateUse, Grant } from '../model/gate.ts';

/** Who may pass, as it is shown: the newest first, without this person's own key. Pure. */
export const shownGrants = ({ grants }: GateFile, use: GateUse | undefined): readonly Grant[] =>
  grants
    .filter(({ own }) => own !== true)
    .map(({ id, kind, name, until, once, revoked, networks }): Grant => {
      const counted =
        use !== undefined && Object.hasOwn(use.grants, id)
          ? use.grants[id]
          : { last: 0, count: 0, refused: 0 };
      return {
        ...{ id, kind, name, once, revoked, networks },
        until: until === null ? undefined : until * 1_000,
        lastUsedAt: counted === undefined || counted.last === 0 ? undefined : counted.last * 1_000,
        uses: counted?.count ?? 0,
        refused: counted?.refused ?? 0,
      };
    })
    .reverse();

/** Does it still let in at this time, in ms since the epoch. */
const isOpen = (grant: Grant, now: number) =>
  grant.revoked !== true && (grant.until === undefined || grant.until > now);

/** What a lane says of a gate: who is asked for what, until when at most. `now` in ms since the epoch. Pure. */
export function gateMark(gate: Gate, now: number): GateMark {
  const open = gate.grants.filter((grant) => isOpen(grant, now));
  const asks = (['password', 'link', 'key'] as const).find((kind) =>
    open.some((grant) => grant.kind === kind),
  );
  const ends = open.map(({ until }) => until ?? Number.POSITIVE_INFINITY);
  const until = Math.max(...ends, 0);
  return {
    asks: asks ?? 'nobody',
    until: Number.isFinite(until) && until > 0 ? until : undefined,
    isVerified: gate.check?.verdict === 'closed',
    isPassed: gate.check?.verdict === 'open',
    isRunning: gate.state === 'running',
  };
}
