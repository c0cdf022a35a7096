export { isEdgeNotFound } from './edge-answer.ts';
export { listeningCommand } from './listening-command.ts';
export { type Listening, readListening } from './read-listening.ts';
