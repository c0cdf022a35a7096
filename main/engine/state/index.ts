export { createPublishedState, type PublishedState } from './published-state.ts';
