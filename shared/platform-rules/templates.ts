import type { MappingTemplate } from '../model/template.ts';

/** Sets that come with Gearway stay: they cannot be removed. */
export const isBuiltIn = (templateId: string): boolean =>
  builtInTemplates.some(({ id }) => id === templateId);

/**
 * Sets for what people run, each program at its own default port. TensorBoard's own port, 6006, is reserved by the
 * platform, so it is expected one above (`tensorboard --port 6007 --bind_all`).
 */
export const builtInTemplates: readonly MappingTemplate[] = [
  { id: 'gradio', title: 'Gradio', mappings: [{ name: 'gradio', port: 7860 }] },
  {
    id: 'gradio-tensorboard',
    title: 'Gradio + TensorBoard',
    mappings: [
      { name: 'gradio', port: 7860 },
      { name: 'tensorboard', port: 6007 },
    ],
  },
  { id: 'vllm', title: 'vLLM', mappings: [{ name: 'vllm', port: 8000 }] },
  { id: 'sglang', title: 'SGLang', mappings: [{ name: 'sglang', port: 30000 }] },
  {
    id: 'llm-gradio',
    title: 'OpenAI API + Gradio',
    mappings: [
      { name: 'api', port: 8080 },
      { name: 'gradio', port: 7860 },
    ],
  },
  { id: 'comfyui', title: 'ComfyUI', mappings: [{ name: 'comfyui', port: 8188 }] },
  { id: 'streamlit', title: 'Streamlit', mappings: [{ name: 'streamlit', port: 8501 }] },
];
