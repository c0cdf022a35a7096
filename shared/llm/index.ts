export { readModels } from './read-models.ts';
export { type Snippet, type SnippetId, snippetsFor } from './snippets.ts';
export { findingsOf, rowOf, speedTable, type TimedToken, timingOf } from './speed.ts';
