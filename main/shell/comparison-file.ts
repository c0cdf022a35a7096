import type { RequestInput, RequestResult } from '../../shared/contract/requests.ts';
import { ok, type Result } from '../../shared/result.ts';
import { type Language, words } from '../../shared/words/index.ts';
import type { SavedFile } from './saving.ts';

const endings = { markdown: 'md', json: 'json', png: 'png' } as const;
const labels = { markdown: 'markdown', json: 'json', png: 'picture' } as const;

/**
 * One comparison as a file. The engine knows its name and makes text and data; a picture is drawn by the window, and
 * is written only for a comparison that the engine knows.
 */
export function comparisonFile(
  order: RequestInput<'shell.saveComparison'>,
  options: {
    readonly language: Language;
    readonly ask: (
      input: RequestInput<'comparison.export'>,
      signal: AbortSignal,
    ) => Promise<RequestResult<'comparison.export'>>;
  },
): SavedFile {
  const { language } = options;
  let name = '';
  return {
    name: () => name,
    ending: endings[order.format],
    label: () => words[language].desktop.dialogs[labels[order.format]],
    async produce(signal): Promise<Result<string | Uint8Array>> {
      const format = order.format === 'json' ? 'json' : 'markdown';
      const exported = await options.ask({ id: order.id, format, language }, signal);
      if (!exported.ok) return exported;
      name = exported.value.fileName.replace(/\.[^.]+$/, '');
      return ok(order.format === 'png' ? Buffer.from(order.picture, 'base64') : exported.value.text);
    },
  };
}
