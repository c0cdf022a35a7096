import { describe, expect, it } from 'vitest';
import type { Mapping } from '../model/container.ts';
import { maxLabelLength, reservedPorts } from './constants.ts';
import { checkMapping, type MappingContext } from './mapping-rules.ts';

const context = (part: Partial<MappingContext> = {}): MappingContext => ({
  user: 'demo',
  containerId: '84xr8451agrz',
  existing: [],
  others: [],
  ...part,
});

const codes = (name: string, port: string, part: Partial<MappingContext> = {}) => {
  const result = checkMapping({ name, port }, context(part));
  return result.ok ? [] : result.error.map((violation) => violation.code);
};

const first = (name: string, port: string, part: Partial<MappingContext> = {}) => {
  const result = checkMapping({ name, port }, context(part));
  return result.ok ? undefined : result.error[0];
};

describe('the port of a mapping', () => {
  it.each([
    ['7860', 7860],
    [' 7860 ', 7860],
    ['1', 1],
    ['65535', 65535],
    ['\t8080\n', 8080],
    ['７８６０', 7860],
    ['　80８０　', 8080],
  ])('reads %j as %d', (typed, port) => {
    expect(checkMapping({ name: '', port: typed }, context())).toEqual({ ok: true, value: { port } });
  });

  it.each(['', ' ', '0', '00', '65536', '70000', '78 60', '1e3', '0x50', '80.0', '80,5', '+80', '-80'])(
    'refuses %j',
    (typed) => {
      expect(codes('', typed)).toEqual(['port_invalid']);
    },
  );

  it.each(['٧٨٦٠', '８０²', '²²', 'Infinity', 'NaN', '7860;', '9'.repeat(400), '78\u200b60', '\u0000'])(
    'refuses %j, which only looks like a number or is none',
    (typed) => {
      expect(codes('', typed)).toEqual(['port_invalid']);
    },
  );

  it.each(reservedPorts)('refuses %d, which the platform keeps', (port) => {
    expect(first('', String(port))).toEqual({ code: 'port_reserved', field: 'port', params: { port } });
  });

  it('refuses a port that the container maps already', () => {
    expect(first('other', '80', { existing: [{ name: 'web', port: 80 }] })).toEqual({
      code: 'port_mapped_already',
      field: 'port',
      params: { port: 80 },
    });
  });

  it('takes a port that another container maps', () => {
    const others = [{ containerId: 'b', containerName: 'b', stopped: false, mappings: [{ port: 80 }] }];
    expect(codes('', '80', { others })).toEqual([]);
  });

  it('takes the fifth mapping and refuses the sixth', () => {
    const existing: Mapping[] = [1001, 1002, 1003, 1004].map((port) => ({ port }));
    expect(codes('', '80', { existing })).toEqual([]);
    expect(first('', '80', { existing: [...existing, { port: 1005 }] })).toEqual({
      code: 'mapping_limit',
      field: 'port',
      params: { max: 5 },
    });
  });
});

describe('the name of a mapping', () => {
  it.each([
    ['', undefined],
    ['   ', undefined],
    ['web', 'web'],
    [' Web ', 'web'],
    ['a', 'a'],
    ['9', '9'],
    ['desn2000-demo', 'desn2000-demo'],
    ['a--b', 'a--b'],
    ['tensorboard1', 'tensorboard1'],
  ])('reads %j as %j', (typed, name) => {
    const value = name === undefined ? { port: 80 } : { name, port: 80 };
    expect(checkMapping({ name: typed, port: '80' }, context())).toEqual({ ok: true, value });
  });

  it.each([
    '-a',
    'a-',
    '-',
    'a b',
    'a.b',
    'a_b',
    'ä',
    '服务',
    'a/b',
    'a\nb',
    '\u212a',
    'web\u200b',
    '<b>',
    'a:1',
  ])('refuses %j', (typed) => {
    expect(first(typed, '80')).toEqual({ code: 'name_invalid', field: 'name' });
  });

  it('fills the label of 63 characters and not one more', () => {
    const longest = 'n'.repeat(63 - 'demo-'.length);
    expect(codes(longest, '80')).toEqual([]);
    expect(first(`${longest}nn`, '80')).toEqual({
      code: 'name_too_long',
      field: 'name',
      params: { max: 58, over: 2 },
    });
  });

  it('says that no name fits where the user name fills the label', () => {
    expect(first('web', '80', { user: 'u'.repeat(64) })?.params).toEqual({ max: 0, over: 5 });
  });

  it.each([
    [false, 0],
    [true, 1],
  ])('names the container that holds it (stopped: %s)', (stopped, flag) => {
    const others = [
      { containerId: 'b', containerName: 'vision-lab', stopped, mappings: [{ name: 'Gradio', port: 1 }] },
    ];
    expect(first('gRADIO', '80', { others })).toEqual({
      code: 'name_taken',
      field: 'name',
      params: { name: 'gradio', container: 'vision-lab', stopped: flag },
    });
  });

  it('is not taken by an unnamed mapping, nor by what this container had before', () => {
    const own = { containerId: '84xr8451agrz', containerName: 'me', stopped: true };
    const others = [{ ...own, mappings: [{ name: 'web', port: 1 }] }];
    expect(codes('web', '80', { existing: [{ port: 81 }], others })).toEqual([]);
  });

  it('is taken by the container itself', () => {
    const existing = [{ name: 'web', port: 81 }];
    expect(first('web', '80', { existing, containerName: 'lab' })?.params?.container).toBe('lab');
    expect(first('web', '80', { existing })?.params?.container).toBe('84xr8451agrz');
  });

  it.each([
    ['t5qvtgqlutf5-7860', true],
    ['84xr8451agrz', true],
    ['84xr8451agrz-80', true],
    ['local-job-80', true],
    ['local-job', true],
    ['local-job-x', false],
    ['t5qvtgqlutf5-70000', false],
    ['stable-diffusion-7860', false],
    ['gradio-7860', false],
  ])('%s looks like the address of an unnamed mapping: %s', (name, looks) => {
    const others = [{ containerId: 'Local-Job', containerName: 'x', stopped: false, mappings: [] }];
    expect(codes(name, '80', { others })).toEqual(looks ? ['name_looks_unnamed'] : []);
  });
});

describe('a draft that breaks several rules', () => {
  it('gets every violation, those of the port first', () => {
    expect(codes('a b', '22', { existing: [1, 2, 3, 4, 5].map((port) => ({ port })) })).toEqual([
      'port_reserved',
      'mapping_limit',
      'name_invalid',
    ]);
  });
});

describe('a draft of random text', () => {
  it('is either refused or gives a label that DNS takes', () => {
    const alphabet = [...'abzAZ019-- ._\t/:@é服\u212a\u0130\u200b'];
    let seed = 7;
    const random = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((seed / 2_147_483_648) * below);
    };
    let accepted = 0;
    for (let round = 0; round < 20_000; round += 1) {
      const name = Array.from({ length: random(7) }, () => alphabet[random(alphabet.length)]).join('');
      const result = checkMapping({ name, port: String(random(70_000)) }, context());
      if (!result.ok) {
        expect(result.error.length).toBeGreaterThan(0);
        continue;
      }
      accepted += 1;
      const label = `demo-${result.value.name ?? 'x'}`;
      expect(label).toMatch(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/);
      expect(label.length).toBeLessThanOrEqual(maxLabelLength);
      expect(reservedPorts).not.toContain(result.value.port);
    }
    expect(accepted).toBeGreaterThan(500);
  });
});
