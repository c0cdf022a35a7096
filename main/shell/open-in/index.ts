export { findPrograms } from './find-programs.ts';
export { createOpenIn, type OpenIn, startAlone } from './open-in.ts';
export { systemFinders } from './system-finders.ts';
