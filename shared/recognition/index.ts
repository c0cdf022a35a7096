export type { ServiceHint } from '../model/service-hint.ts';
export { greetingByName, isWebByName } from './by-name.ts';
export { type LoadingSource, portHints } from './hints.ts';
export { type Answered, kindOfGreeting, labelOf, nextPath, recognise } from './rules.ts';
