import type { Happening } from '../model/activity.ts';
import { fill } from './fill.ts';
import { errorSentence, type Language, words } from './index.ts';

/** One line of the list of what happened, as a person reads it. */
export function activitySentence(happening: Happening, language: Language): string {
  const { desktop, service } = words[language];
  const { events, actions, unknownWhy } = desktop.activity;
  const { subject, route, reason, port, action, agent, error } = happening;
  const name = subject?.name ?? '';
  const values = {
    name,
    port: port ?? '',
    agent: agent ?? '',
    route: route === undefined ? '' : desktop.activity.routes[route],
    reason: reason === undefined ? unknownWhy : service.reason[reason],
    action: action === undefined ? '' : (fill(actions[action], { name }) ?? actions[action]).trim(),
    why: error === undefined ? unknownWhy : errorSentence(error, language),
  };
  return fill(events[happening.code], values) ?? events[happening.code];
}
