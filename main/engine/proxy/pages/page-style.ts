/** The look of the proxy's own pages: the window's colours and type, in one place of their own because they load nothing. */
export const pageStyle = `
  :root {
    color-scheme: light dark;
    --ground: #f7f8fa; --surface: #fff; --line: #e3e6eb; --text: #1a1f2b; --soft: #545d6b; --faint: #646d7b;
    --public: #2f62e8; --tunnel: #0b7d6e; --up: #16794a; --warn: #8f5f00; --down: #c33434; --idle: #727b89; --focus: #3b6ef5;
  }
  @media (prefers-color-scheme: dark) {
    :root {
      --ground: #15171c; --surface: #1c1f26; --line: #2b3039; --text: #e8eaee; --soft: #a8b0bd; --faint: #8d96a5;
      --public: #82a2ff; --tunnel: #3cc7b2; --up: #4fc48b; --warn: #e3ab45; --down: #f67f78; --idle: #828b9a; --focus: #7d9dff;
    }
  }
  body {
    margin: 0; padding: 12vh 1.5rem 3rem; background: var(--ground); color: var(--text);
    font: 14px/1.6 system-ui, "PingFang SC", "Microsoft YaHei UI", "Noto Sans CJK SC", sans-serif;
  }
  main { max-width: 46rem; margin: 0 auto; }
  h1 { font-size: 20px; font-weight: 600; line-height: 1.3; margin: 0 0 6px; overflow-wrap: anywhere; }
  p { margin: 0; color: var(--soft); }
  .name { margin: 0 0 20px; font-size: 12px; color: var(--faint); }
  dl, .list { margin: 24px 0 0; background: var(--surface); border: 1px solid var(--line); border-radius: 10px; overflow: hidden; }
  dl > div { padding: 12px 16px; display: grid; grid-template-columns: 8rem 1fr; gap: 2px 16px; }
  dl > div + div, tr + tr > * { border-top: 1px solid var(--line); }
  dt { font-weight: 600; }
  dd { margin: 0; overflow-wrap: anywhere; }
  .list { overflow-x: auto; }
  table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
  th, td { text-align: left; padding: 10px 16px; white-space: nowrap; }
  td:first-child { white-space: normal; overflow-wrap: anywhere; min-width: 12rem; }
  th { font-size: 12px; font-weight: 400; color: var(--faint); }
  a { color: inherit; font-weight: 600; text-decoration-color: var(--line); text-underline-offset: 3px; }
  a:hover { text-decoration-color: currentColor; }
  a:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; border-radius: 2px; }
  .public { color: var(--public); }
  .tunnel { color: var(--tunnel); }
  .mark { color: var(--idle); }
  .mark.up { color: var(--up); }
  .mark.degraded { color: var(--warn); }
  .mark.down { color: var(--down); }
  @media (max-width: 34rem) {
    dl > div { grid-template-columns: 1fr; }
    th, td { padding: 10px 12px; }
  }
`;
