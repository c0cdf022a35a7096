import { expect, test } from './support/test.ts';

test.use({ words: ['--demo'] });

test('what is changed in headers is explained for each application, and each rule has a switch', async ({
  app,
}) => {
  const { page } = app;
  await expect(page.getByRole('listitem', { name: 'web', exact: true })).toContainText(/\d ms/);
  await page.getByRole('button', { name: /^web :/ }).click();
  await page.getByRole('tab', { name: 'Local address' }).click();
  const part = page.getByRole('region', { name: 'Headers' });
  const preset = part.getByRole('combobox', { name: 'Application' });
  const names = await preset.getByRole('option').allTextContents();
  expect(names.slice(1)).toEqual([
    ...['Anything else', 'Gradio', 'Jupyter', 'ComfyUI', 'Streamlit', 'Vite', 'Ollama', 'TensorBoard'],
    'vLLM and SGLang',
  ]);
  const reason = part.getByRole('paragraph').nth(1);
  const explained = new Set([await reason.textContent()]);
  for (const name of names.slice(2)) {
    await preset.selectOption(name);
    await expect(preset.locator('option:checked')).toHaveText(name);
    // The choice shows at once, its reason when the engine has taken it.
    await expect.poll(async () => explained.has(await reason.textContent()), { message: name }).toBe(false);
    explained.add(await reason.textContent());
  }
  expect(explained.size).toBe(names.length - 1);

  await preset.selectOption('Ollama');
  await expect.poll(rules).toMatchObject({ chosen: 'ollama' });
  await expect(preset.locator('option:checked')).toHaveText('Ollama');
  const host = part.getByRole('switch', { name: /^Host: / });
  await expect(part.getByRole('switch')).toHaveCount(5);
  await expect(host).toBeChecked();
  await expect(part.getByRole('switch', { name: /^Cookies / })).not.toBeChecked();
  await host.click();
  await expect(host).not.toBeChecked();
  await expect.poll(rules).toEqual({ chosen: 'ollama', rules: ['origin'] });

  async function rules() {
    const { state } = await app.get('state.get', {});
    const web = Object.values(state.services).find(({ name }) => name === 'web');
    const headers = web?.local?.details?.headers;
    return { chosen: headers?.chosen, rules: headers?.rules };
  }
});
