export { type LoadingSource, portHints, type ServiceHint } from './hints.ts';
export { type Answered, kindOfGreeting, labelOf, nextPath, recognise } from './rules.ts';
