import type { RecipeId } from '../model/recipe-ids.ts';

/** How a field's text is checked, and how it becomes part of a command. */
type FieldKind =
  /** Text for one word. */
  | 'text'
  /** A path; `~/` is the home folder. */
  | 'path'
  | 'port'
  /** An address to listen on. Where it is left empty: all addresses for a port that is mapped, else 127.0.0.1. */
  | 'host'
  | 'number'
  /** Text that is shown to nobody and stored by nobody but the service's own file in the container. */
  | 'secret'
  /** More words, split as a shell does and expanded by nobody. */
  | 'words'
  /** A line that a shell runs as it stands. */
  | 'line'
  /** Variables of the environment: `NAME=value` words. */
  | 'env';

export interface RecipeField {
  /** Its words stand in the catalogue under `launch.field.{key}`. */
  readonly key: string;
  readonly kind: FieldKind;
  readonly value: string;
  readonly needed?: boolean;
}

/** A part of a command: a word as it stands, or a field. A field that is empty leaves its part out. */
export type CommandPart =
  | string
  /** `--port=7860`: a value that begins with a dash stays a value. */
  | { readonly field: string; readonly flag: string; readonly join: '=' | ' ' }
  /** A word of its own; `guard` puts `--` before one that begins with a dash. */
  | { readonly field: string; readonly guard?: boolean };

/** A recipe is data: nothing in it runs on this machine. */
export interface Recipe {
  readonly id: RecipeId;
  /** The program's own name, the same in every language. */
  readonly name: string;
  readonly fields: readonly RecipeField[];
  readonly env: Readonly<Record<string, string>>;
  readonly command: readonly CommandPart[];
  /** Can take minutes until it listens: a model is loaded first. */
  readonly loadsModel?: boolean;
}
