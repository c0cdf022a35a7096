export { type CompareOptions, compare } from './compare.ts';
