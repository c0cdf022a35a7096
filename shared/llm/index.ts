export { readModels } from './read-models.ts';
export { asksFromAfar, type Snippet, type SnippetId, snippetsFor } from './snippets.ts';
export { findingsOf, rowOf, speedTable, type TimedToken, timingOf } from './speed.ts';
