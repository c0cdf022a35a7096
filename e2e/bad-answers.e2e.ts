import type { ServerResponse } from 'node:http';
import { runGearway } from '../main/testing/index.ts';
import { startPlatformFront } from './support/platform-front.ts';
import { expect, test } from './support/test.ts';

type Answer = (response: ServerResponse) => void;

const errors = (status: number, message: string, extensions?: object) => (response: ServerResponse) => {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ data: null, errors: [{ message, ...(extensions && { extensions }) }] }));
};
const html = (status: number) => (response: ServerResponse) => {
  response.writeHead(status, { 'content-type': 'text/html' }).end('<html><title>Hello</title></html>');
};

/** What may come back in the platform's place, and the sentence that a person reads. */
const cases: readonly (readonly [string, Answer, RegExp])[] = [
  ['a web page', html(200), /answers, but not as the platform does/],
  [
    'a captive portal',
    (response) => response.writeHead(302, { location: 'http://portal.example/' }).end(),
    /This network asks for a login of its own/,
  ],
  [
    'a 403 without body',
    (response) => response.writeHead(403).end(),
    /refused the request and gave no reason/,
  ],
  [
    'a 403 for the origin',
    (response) => response.writeHead(403).end('Invalid CORS request'),
    /refused the request\. Check that this is the address/,
  ],
  [
    'half a response',
    (response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('{"data":', () => response.destroy());
    },
    /broke off\. Try again\./,
  ],
  [
    'an error with details',
    errors(200, 'no', { code: 'FORBIDDEN', details: { why: 'API key' } }),
    /This account may not do that\./,
  ],
  ['an error without details', errors(200, 'Something odd'), /The platform could not do this/],
  ['a 401 without a code', errors(401, 'Please log in'), /The platform does not accept this token\./],
];

/** What the platform said, behind the sentence. */
const detailOf: Readonly<Record<string, string>> = {
  'an error with details': 'forbidden · no · FORBIDDEN · {"why":"API key"}',
  'an error without details': 'platform_error · Something odd',
};

test('each bad answer has its sentence, and nothing that was typed or read is lost', async ({ app }) => {
  const platform = runGearway(['platform', '--json']);
  const ready = await platform.line('the platform is ready', ({ event }) => event === 'ready');
  let answer: Answer | undefined;
  const front = await startPlatformFront(String(ready.origin), (asked, response) => {
    if (answer === undefined) return {};
    asked.resume();
    answer(response);
    return 'taken';
  });
  const { page } = app;
  try {
    await page.getByRole('button', { name: 'Private' }).click();
    const origin = page.getByLabel('Console address');
    const domain = page.getByLabel('Domain of public addresses');
    const token = page.getByLabel('Token', { exact: true });
    const signIn = page.getByRole('button', { name: 'Sign in', exact: true });
    const edge = ready.edge as { readonly domain: string; readonly port: number };
    // Without a scheme and with a path, as it is copied from an address bar; the token as it is copied from a header.
    const typed = [`${new URL(front.origin).host}/console/me`, `http://${edge.domain}:${edge.port}`] as const;
    const pasted = `Authorization: Bearer ${String(ready.token)}  `;
    await origin.fill(typed[0]);
    await domain.fill(typed[1]);
    await token.fill(pasted);
    for (const [name, bad, sentence] of cases) {
      answer = bad;
      await signIn.click();
      await expect(page.getByText(sentence), name).toBeVisible();
      if (name.startsWith('an error')) {
        await page.getByText('Details').click();
        await expect(page.getByText(detailOf[name] ?? '')).toBeVisible();
      }
      await expect(origin).toHaveValue(typed[0]);
      await expect(domain).toHaveValue(typed[1]);
      await expect(token).toHaveValue(pasted);
    }
    answer = undefined;
    await signIn.click();
    await page.getByRole('button', { name: 'Containers', exact: true }).click();
    const lab = page.getByRole('listitem', { name: 'vision-lab', exact: true });
    await expect(lab).toContainText('running');

    for (const [name, bad, sentence] of cases.slice(0, 5)) {
      answer = bad;
      await page.getByRole('button', { name: 'Refresh' }).click();
      await expect(page.getByText(sentence), name).toBeVisible();
      await expect(lab, name).toContainText('running');
    }
    answer = undefined;
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByRole('button', { name: 'Try again' })).toBeHidden();
  } finally {
    front.stop();
    await platform.stop();
  }
});
