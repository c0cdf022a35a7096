/**
 * Kinds of files that a person can save through `shell.save`. To add one: its name here, its words in
 * `desktop.saved`, and what stands in it in `main/shell/saving`.
 */
export const savedKinds = [
  'activity',
  'report',
  'recipes',
  'speed',
  'speedJson',
  'launchLog',
  'log',
] as const;
export type SavedKind = (typeof savedKinds)[number];
