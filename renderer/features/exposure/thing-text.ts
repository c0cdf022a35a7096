import type { AuditReport, AuditVerdict, ExposedThing } from '../../../shared/model/audit.ts';
import type { Mark } from '../../components/state-mark.tsx';
import type { Words } from '../../words/use-words.ts';

/** What was given away, and where it was asked: "models: llama at /v1/models". Pure. */
export function thingText({ code, path, params }: ExposedThing, words: Words): string {
  const { gives, at } = words.texts.measure.audit;
  return words.say(at, { thing: words.say(gives[code], params ?? {}), path });
}

/** How a verdict is marked; running code for anyone is the worst. Pure. */
export function verdictMark({ verdict, things }: Pick<AuditReport, 'verdict' | 'things'>): Mark {
  const marks: Readonly<Record<AuditVerdict, Mark>> = {
    open: 'warn',
    partly: 'warn',
    login: 'up',
    nothing: 'up',
    silent: 'idle',
  };
  return things.some(({ level }) => level === 'control') ? 'down' : marks[verdict];
}
