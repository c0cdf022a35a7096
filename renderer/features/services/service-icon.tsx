import {
  Box,
  Brain,
  Database,
  Globe,
  LineChart,
  type LucideIcon,
  Monitor,
  NotebookText,
  Terminal,
} from 'lucide-react';
import type { Service } from '../../../shared/model/service.ts';

const byKind: readonly (readonly [RegExp, LucideIcon])[] = [
  [/vllm|sglang|llama|ollama|openai/i, Brain],
  [/redis|postgres|mysql|mongo/i, Database],
  [/jupyter/i, NotebookText],
  [/tensorboard/i, LineChart],
  [/ssh/i, Terminal],
  [/vnc/i, Monitor],
];

/** A picture of what it is; the words stand beside it. */
export function ServiceIcon({ service }: { readonly service: Service }) {
  const { kindName = '', protocol } = service;
  const Icon = byKind.find(([pattern]) => pattern.test(kindName))?.[1] ?? (protocol === 'http' ? Globe : Box);
  return <Icon aria-hidden="true" />;
}
