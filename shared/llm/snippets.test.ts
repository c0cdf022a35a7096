import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { hostileTexts } from '../quoting/hostile-texts.ts';
import { isShown } from '../shown-text.ts';
import { asksFromAfar, type SnippetId, snippetsFor } from './snippets.ts';

const base = 'http://llm.localhost:7000/v1';
const textOf = (id: SnippetId, model = 'Qwen/Qwen3-8B', needsKey = false) =>
  snippetsFor({ base, model, needsKey }).find((snippet) => snippet.id === id)?.text ?? '';
const programs: readonly SnippetId[] = snippetsFor({ base, model: 'm', needsKey: false }).map(({ id }) => id);

it('each names the address and the model, and says where a key belongs', () => {
  for (const id of programs) {
    expect(textOf(id), id).toContain(id === 'claudeCode' ? 'http://llm.localhost:7000' : base);
    expect(textOf(id), id).toContain('Qwen/Qwen3-8B');
    expect(textOf(id), id).not.toContain('YOUR_API_KEY');
    expect(textOf(id, 'm', true), id).toContain('YOUR_API_KEY');
  }
});

it('leads Claude Code to where the address begins: it adds the path itself', () => {
  expect(textOf('claudeCode')).toContain('ANTHROPIC_BASE_URL=http://llm.localhost:7000\n');
});

it('points the official client at the address, with any key where none is asked for', () => {
  expect(textOf('python')).toContain(`OpenAI(base_url="${base}", api_key="none")`);
});

it('settings in YAML are what Continue and LiteLLM read, whatever the model is called', () => {
  for (const model of ['m', ...hostileTexts]) {
    expect(parse(textOf('continue', model))).toEqual({
      name: 'Gearway',
      version: '0.0.1',
      schema: 'v1',
      models: [
        {
          name: model,
          provider: 'openai',
          model,
          apiBase: base,
          apiKey: 'none',
          roles: ['chat', 'edit', 'apply'],
        },
      ],
    });
    expect(parse(textOf('litellm', model))).toEqual({
      model_list: [
        { model_name: model, litellm_params: { model: `openai/${model}`, api_base: base, api_key: 'none' } },
      ],
    });
  }
});

it('lines for a shell mean the model as it is called', () => {
  for (const model of ['m', ...hostileTexts]) {
    const env = spawnSync('bash', ['-c', `${textOf('env', model)}printf %s "$OPENAI_MODEL"`], {
      encoding: 'utf8',
    });
    expect(env.stdout).toBe(model);
    const curl = spawnSync(
      'bash',
      ['-c', `curl() { for last; do :; done; printf %s "$last"; }\n${textOf('curl', model)}`],
      {
        encoding: 'utf8',
      },
    );
    expect(JSON.parse(curl.stdout)).toMatchObject({ model, stream: true });
  }
});

it('press no key of a terminal that they are pasted into', () => {
  for (const model of [...hostileTexts, '\u0003\ntouch /tmp/gearway-pwned', 'a\u009b1mb\u202ec'])
    for (const { id, text } of snippetsFor({ base, model, needsKey: false }))
      expect([id, isShown(text)]).toEqual([id, true]);
});

it('programs are programs, whatever the model is called', () => {
  for (const model of ['m', ...hostileTexts]) {
    const python = spawnSync('python3', ['-c', 'import ast,sys; ast.parse(sys.stdin.read())'], {
      input: textOf('python', model),
      encoding: 'utf8',
    });
    expect(python.stderr).toBe('');
    const script = spawnSync(process.execPath, ['--input-type=module', '--check'], {
      input: textOf('javascript', model),
      encoding: 'utf8',
    });
    expect(script.stderr).toBe('');
  }
});

it('Cursor alone asks from elsewhere', () => {
  expect(programs.filter((id) => asksFromAfar.has(id))).toEqual(['cursor']);
});
