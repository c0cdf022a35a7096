import { describe, expect, it } from 'vitest';
import { dragData } from './drag-out.ts';

describe('what is dragged out', () => {
  it.each([
    ['https://demo-web.gear.example', ['text/uri-list', 'text/plain']],
    ['http://web.localhost:7700/', ['text/uri-list', 'text/plain']],
    ['127.0.0.1:15080', ['text/plain']],
    ['ssh root@host -p 31612', ['text/plain']],
    ['javascript:alert(1)', ['text/plain']],
  ])('%s goes as %j', (text, types) => {
    expect(dragData(text)).toEqual(types.map((type) => [type, text]));
  });
});
