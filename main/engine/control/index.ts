export { type Control, openControl } from './serve.ts';
