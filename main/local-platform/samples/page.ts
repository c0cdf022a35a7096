/** One page for all samples: plain, readable in light and dark. */
export const page = (title: string, body: string, script = ''): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>
  :root { color-scheme: light dark; font: 16px/1.6 system-ui, sans-serif; }
  body { max-width: 34rem; margin: 14vh auto; padding: 0 1.5rem; }
  h1 { font-size: 1.6rem; margin: 0 0 .5rem; }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: .3rem 1.5rem; font-variant-numeric: tabular-nums; }
  dt { opacity: .6; } dd { margin: 0; }
</style>
<h1>${title}</h1>
${body}
${script === '' ? '' : `<script>${script}</script>`}
</html>
`;
