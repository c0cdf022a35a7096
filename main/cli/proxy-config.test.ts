import { describe, expect, it } from 'vitest';
import { readProxyConfig } from './proxy-config.ts';

describe('the file of gearway proxy', () => {
  it('is read with its defaults', () => {
    const text =
      '{"services":[{"name":"Gradio","public":"https://a.example/","tunnel":"http://127.0.0.1:5405"}]}';
    expect(readProxyConfig(text)).toEqual({
      ok: true,
      value: {
        port: 0,
        services: [
          { name: 'gradio', route: 'auto', public: 'https://a.example', tunnel: 'http://127.0.0.1:5405' },
        ],
      },
    });
  });

  it.each([
    ['', 'JSON'],
    ['[]', 'the file'],
    ['{"services":[]}', 'services'],
    ['{"services":[{"name":"a b","public":"https://a.example"}]}', 'services.0.name'],
    ['{"services":[{"name":"a"}]}', 'neither'],
    ['{"services":[{"name":"a","public":"file:///etc"}]}', 'services.0.public'],
    ['{"services":[{"name":"a","tunnel":"127.0.0.1:80"}]}', 'services.0.tunnel'],
    ['{"services":[{"name":"a","route":"best","tunnel":"http://h"}]}', 'services.0.route'],
    ['{"services":[{"name":"a","tunnel":"http://h"},{"name":"A","tunnel":"http://h"}]}', 'twice'],
    ['{"port":70000,"services":[{"name":"a","tunnel":"http://h"}]}', 'port'],
  ])('%s is refused at its place', (text, place) => {
    const read = readProxyConfig(text);
    expect(!read.ok && read.error).toContain(place);
  });
});
