import { describe, expect, it } from 'vitest';
import { messageIn, type Sending } from './message.ts';

const sending: Sending = {
  name: 'gradio',
  address: 'https://demo-gradio.gear.example',
  kind: 'link',
  secret: 'gwl_x',
  until: new Date(2026, 11, 4, 12).getTime(),
};

describe('the text to send', () => {
  it('has the link, with its token where no server sees it, and the end', () => {
    expect(messageIn('en', sending)).toBe(
      'gradio: https://demo-gradio.gear.example/.gearway/open#gwl_x\nOpens until Friday, December 4. The link is yours: whoever has it can open it.',
    );
    expect(messageIn('zh-CN', sending)).toContain('有效期至12月4日星期五');
  });

  it('has the key for a program, and no password ever', () => {
    expect(messageIn('en', { ...sending, kind: 'key', secret: 'gwk_x', until: null })).toContain(
      'Bearer …): gwk_x',
    );
    expect(messageIn('en', { ...sending, kind: 'password', secret: undefined })).not.toContain('gwl');
  });
});
