import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

/** The oldest Electron that runs this is 33, and the `gearway` command runs on plain Node.js 20. */
const node = 'node20.18';
const chrome = 'chrome130';

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      target: node,
      // Loaded before the first window: in one file they take a tenth of the time that their many files take.
      externalizeDeps: { exclude: ['zod', 'electron-store', 'conf', 'commander'] },
      rolldownOptions: {
        input: { start: 'main/start.ts', engine: 'main/engine/process.ts', gearway: 'main/cli/gearway.ts' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      target: node,
      rolldownOptions: {
        input: { index: 'preload/index.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    build: {
      outDir: 'out/renderer',
      target: chrome,
      minify: true,
      rolldownOptions: { input: 'renderer/index.html' },
    },
    // Whatever is shown is clean: renderer/jsx.
    plugins: [react({ jsxImportSource: '#jsx' })],
  },
});
