import { errorSentence, fill, type Language, words } from '../../../shared/words/index.ts';
import type { Notice } from './notifier.ts';

/** Names of so many services are told; the others are counted. */
const mostNames = 4;

/** What stands on a notification. */
export function notificationText(
  notice: Notice,
  language: Language,
): { readonly title: string; readonly body: string } {
  const { notifications } = words[language].desktop;
  const filled = (sentence: string, values: Readonly<Record<string, string | number>>) =>
    fill(sentence, values) ?? sentence;
  switch (notice.kind) {
    case 'down':
      return {
        title: filled(notifications.down, { name: notice.service.name }),
        body: notice.error === undefined ? '' : errorSentence(notice.error, language),
      };
    case 'up':
      return { title: filled(notifications.up, { name: notice.service.name }), body: '' };
    case 'manyDown':
    case 'manyUp': {
      const names = notice.services.slice(0, mostNames).map(({ name }) => name);
      const rest = notice.services.length - names.length;
      const list = new Intl.ListFormat(language, { type: 'unit' }).format(names);
      return {
        title: filled(notice.kind === 'manyDown' ? notifications.manyDown : notifications.manyUp, {
          count: notice.services.length,
        }),
        body: rest > 0 ? filled(notifications.andMore, { list, count: rest }) : list,
      };
    }
  }
}
