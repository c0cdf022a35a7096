import { expect, it } from 'vitest';
import type { Recognised } from '../model/service-kind.ts';
import { portHints } from './hints.ts';

type About = Parameters<typeof portHints>[0];
const gradio: Recognised = { kind: 'gradio', name: 'Gradio' };
const next = { port: 7861, kind: 'gradio', isMapped: false };
const loads = { port: 8000, running: true, loadsModel: true };

it.each<[string, Partial<About>, readonly string[]]>([
  ['nothing is known', {}, []],
  // Gradio took the next free port.
  [
    'a neighbour answers as Gradio',
    { port: 7860, listens: false, neighbours: [next] },
    ['gradio_port_slipped'],
  ],
  ['something listens here', { port: 7860, listens: true, neighbours: [next] }, []],
  ['nobody looked', { port: 7860, neighbours: [next] }, []],
  [
    'the neighbour is mapped itself',
    { port: 7860, listens: false, neighbours: [{ ...next, isMapped: true }] },
    [],
  ],
  [
    'the neighbour is another program',
    { port: 7860, listens: false, neighbours: [{ ...next, kind: 'vllm' }] },
    [],
  ],
  ['the neighbour stands before', { port: 7862, listens: false, neighbours: [next] }, []],
  ['Gradio never moves so far', { port: 7860, listens: false, neighbours: [{ ...next, port: 7960 }] }, []],
  // A model is being loaded.
  ['its process runs and loads', { port: 8000, listens: false, launches: [loads] }, ['model_loading']],
  ['its process has ended', { port: 8000, listens: false, launches: [{ ...loads, running: false }] }, []],
  [
    'its process needs no model',
    { port: 8000, listens: false, launches: [{ ...loads, loadsModel: false }] },
    [],
  ],
  ['it listens already', { port: 8000, listens: true, launches: [loads] }, []],
  ['another port loads', { port: 8001, listens: false, launches: [loads] }, []],
  // Its own address is http:// on a page that comes by https://.
  [
    'root is http',
    { kind: { ...gradio, guarded: true, root: 'http://x.example' }, publicScheme: 'https' },
    ['root_is_http'],
  ],
  [
    'the page is http too',
    { kind: { ...gradio, guarded: true, root: 'http://x' }, publicScheme: 'http' },
    [],
  ],
  ['root is https', { kind: { ...gradio, guarded: true, root: 'https://x' }, publicScheme: 'https' }, []],
  [
    'root is local',
    { kind: { ...gradio, guarded: true, root: 'http://127.0.0.1:7860' }, publicScheme: 'https' },
    [],
  ],
  ['root is empty', { kind: { ...gradio, guarded: true, root: '' }, publicScheme: 'https' }, []],
  // It is open to anyone.
  ['it is public without a login', { kind: gradio, publicScheme: 'https' }, ['no_login']],
  ['it has a login', { kind: { ...gradio, guarded: true }, publicScheme: 'https' }, []],
  ['it is not public', { kind: gradio }, []],
  [
    'Jupyter asks for its token later',
    { kind: { kind: 'jupyter', name: 'Jupyter' }, publicScheme: 'https' },
    [],
  ],
  ['a page of files is meant to be open', { kind: { kind: 'static', name: 's' }, publicScheme: 'https' }, []],
])('when %s', (_when, about, codes) => {
  const hints = portHints({ port: 9000, neighbours: [], launches: [], ...about });
  expect(hints.map(({ code }) => code)).toEqual(codes);
});
