export { type Exec, look } from './look.ts';
