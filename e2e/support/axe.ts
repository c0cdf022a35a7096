import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface AxeResults {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
  }[];
}

/**
 * Beside a menu, Base UI has elements that send a focus on to where it belongs. Nobody stays on one, and axe means to let
 * such elements off: https://github.com/dequelabs/axe-core/issues/4832
 */
const looked = { exclude: [['[data-base-ui-focus-guard]']] };

/** What axe finds against WCAG 2.2 AA on the screen as it stands. Evaluated, because the page's policy lets no script in. */
export async function axeViolations(page: Page): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(source);
  const violations = await page.evaluate(async (context) => {
    const { axe } = globalThis as unknown as {
      readonly axe: { run(context: unknown, options: unknown): Promise<AxeResults> };
    };
    const results = await axe.run(context, {
      // Describing each element that is as it should be takes two thirds of the time.
      resultTypes: ['violations'],
      runOnly: {
        type: 'tag',
        values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      },
    });
    return results.violations;
  }, looked);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} — ${failureSummary ?? ''}`),
  );
}
