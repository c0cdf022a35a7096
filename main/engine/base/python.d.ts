/** A program of ours that runs in a container, as text. */
declare module '*.py?raw' {
  const text: string;
  // biome-ignore lint/style/noDefaultExport: what the bundler gives for `?raw`.
  export default text;
}
