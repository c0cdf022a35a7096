export { type Answered, askedPaths, kindOfGreeting, recognise } from './rules.ts';
