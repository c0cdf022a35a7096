export { type Agents, createAgents } from './agents.ts';
export { describeAction } from './describe-action.ts';
