import type { CallToolResult } from '@modelcontextprotocol/server';
import type { z } from 'zod';
import type { Agent } from '../../../shared/model/agent.ts';
import type { AppError } from '../../../shared/result.ts';
import { shownText } from '../../../shared/shown-text.ts';
import { sentence } from '../sentence.ts';
import type { CommandEngine } from '../with-engine.ts';
import { foreignNote } from './foreign.ts';

export interface ToolContext {
  readonly engine: CommandEngine;
  /** Who asks, as it calls itself. */
  readonly agent: () => Agent;
}

export type ToolAnswer = CallToolResult;

export interface Tool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** It changes nothing. */
  readonly reads: boolean;
  readonly input: z.ZodObject;
  run(context: ToolContext, input: unknown): Promise<ToolAnswer>;
}

/** A tool whose input has the type of its schema. */
export const tool = <I extends z.ZodObject>(spec: {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly reads: boolean;
  readonly input: I;
  readonly run: (given: ToolContext & { readonly input: z.output<I> }) => Promise<ToolAnswer>;
}): Tool => ({
  ...spec,
  run: (context, input) => spec.run({ ...context, input: spec.input.parse(input) }),
});

/** An answer as data, with the note on whose texts are in it. */
export function gave(value: Record<string, unknown>): ToolAnswer {
  const structuredContent = { note: foreignNote, ...value };
  return { content: [{ type: 'text', text: JSON.stringify(structuredContent) }], structuredContent };
}

/** What could not be done, and why; the sentence may name foreign things, and says so. */
export const refused = (error: AppError): ToolAnswer => ({
  content: [{ type: 'text', text: shownText(JSON.stringify({ error: error.code, says: sentence(error) })) }],
  isError: true,
});
