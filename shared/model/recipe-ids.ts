/** Programs that Gearway knows how to start. */
export const recipeIds = [
  'gradio',
  'vllm',
  'sglang',
  'jupyter',
  'tensorboard',
  'comfyui',
  'streamlit',
  'llamacpp',
  'static',
  'node',
  'redis',
  'command',
] as const;
export type RecipeId = (typeof recipeIds)[number];
