import type { MessageBoxOptions } from 'electron';
import { beforeEach, describe, expect, it, vi } from 'vitest';

/** The system's dialog: what it was asked to show, and the button that is pressed next. */
const system = vi.hoisted(() => ({ shown: [] as MessageBoxOptions[], press: 0 }));
vi.mock('electron', () => ({
  dialog: {
    async showMessageBox(...words: readonly unknown[]) {
      system.shown.push(words.at(-1) as MessageBoxOptions);
      return { response: system.press };
    },
  },
}));
const { createAsk } = await import('./ask-person.ts');

const question = { title: 'Open web?', detail: 'A link asks for it.', agree: 'Open', refuse: 'Not now' };
const { ask } = createAsk(() => undefined);

beforeEach(() => {
  system.shown.length = 0;
});

describe('a question that a link asks', () => {
  it('is refused by Enter and by Escape', async () => {
    await ask(question);
    const { buttons = [], defaultId = -1, cancelId = -1 } = system.shown[0] ?? {};
    expect([buttons[defaultId], buttons[cancelId]]).toEqual(['Not now', 'Not now']);
  });

  it.each([
    ['Open', true],
    ['Not now', false],
  ])('is answered by %s with %s', async (button, answer) => {
    system.press = [question.agree, question.refuse].indexOf(button);
    expect(await ask(question)).toBe(answer);
    expect(system.shown[0]?.buttons?.[system.press]).toBe(button);
  });
});
