import { z } from 'zod';

/** What the proxy may change in headers; each can be switched off for a service. */
export const headerRules = ['host', 'origin', 'forwarded', 'redirects', 'cookies'] as const;
export type HeaderRule = (typeof headerRules)[number];

export const presetIds = [
  'standard',
  'gradio',
  'jupyter',
  'comfyui',
  'streamlit',
  'vite',
  'ollama',
  'tensorboard',
  'vllm',
] as const;
export type PresetId = (typeof presetIds)[number];

/** What a person chose for a service: a preset (`auto` follows what answers), and rules that differ from it. */
export const headerChoiceSchema = z.strictObject({
  preset: z.enum(['auto', ...presetIds]).default('auto'),
  on: z.array(z.enum(headerRules)).default([]),
  off: z.array(z.enum(headerRules)).default([]),
});
export type HeaderChoice = z.infer<typeof headerChoiceSchema>;

/** One step of such a choice: another preset, without the rules that differed from the last one, or one rule. */
export const headerChangeSchema = z.union([
  z.strictObject({ preset: z.enum(['auto', ...presetIds]) }),
  z.strictObject({ rule: z.enum(headerRules), on: z.boolean() }),
]);
export type HeaderChange = z.infer<typeof headerChangeSchema>;
