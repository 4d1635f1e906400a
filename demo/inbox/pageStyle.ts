export const inboxStyle = `
:root {
  --canvas: #f4f5f5; --surface: #fff; --raised: #f4f5f5; --line: rgba(36, 41, 46, .14); --text: #24292e;
  --muted: #5b6168; --link: #1f62e0; --good: #0a764e; --bad: #cf0e5b; --warn: #8a5700; --info: #1f62e0; --fresh: rgba(31, 98, 224, .1);
}
@media (prefers-color-scheme: dark) {
  :root {
    --canvas: #111217; --surface: #181b1f; --raised: #22252b; --line: rgba(204, 204, 220, .14); --text: #ccccdc;
    --muted: #9a9cab; --link: #6e9fff; --good: #6ccf8e; --bad: #ff7383; --warn: #fbad37; --info: #6e9fff; --fresh: rgba(110, 159, 255, .14);
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--canvas); color: var(--text); font: 14px/1.5 Inter, system-ui, 'Helvetica Neue', Arial, sans-serif; }
header { display: flex; flex-wrap: wrap; gap: 8px 24px; align-items: flex-start; justify-content: space-between;
  padding: 16px 24px; background: var(--surface); border-bottom: 1px solid var(--line); }
h1 { margin: 0; font-size: 20px; font-weight: 500; line-height: 1.3; }
h2 { margin: 24px 0 8px; font-size: 16px; font-weight: 500; }
#answer { margin: 2px 0 0; }
main { max-width: 1120px; margin: 0 auto; padding: 0 24px 48px; }
.tools { display: flex; align-items: center; gap: 8px; }
#freshness, .count { color: var(--muted); font-weight: 400; font-size: 13px; font-variant-numeric: tabular-nums; }
#freshness { min-width: 9.5em; text-align: right; }
button { font: inherit; color: var(--text); background: var(--raised); border: 1px solid var(--line); border-radius: 4px; padding: 4px 12px; cursor: pointer; }
button:hover { border-color: var(--muted); }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
.notice { margin: 16px 0 0; padding: 8px 12px; background: var(--surface); border: 1px solid var(--line); border-left: 4px solid var(--warn); border-radius: 4px; }
.list { list-style: none; margin: 0; padding: 0; }
.list > li { background: var(--surface); border: 1px solid var(--line); border-radius: 4px; margin-bottom: 6px; }
.list > li.fresh > details > summary { background: var(--fresh); }
summary { display: grid; grid-template-columns: 11em minmax(0, 1fr) auto 6.5em; gap: 4px 16px; align-items: center; padding: 8px 12px; cursor: pointer; list-style: none; border-radius: 4px; transition: background 1s; }
summary::-webkit-details-marker { display: none; }
.mail > details > summary { grid-template-columns: minmax(0, 1fr) auto 6.5em; }
summary > :first-child::before { content: '▸'; display: inline-block; width: 1.2em; color: var(--muted); font-weight: 400; }
details[open] > summary > :first-child::before { content: '▾'; }
.title { overflow-wrap: anywhere; }
.state { font-weight: 500; white-space: nowrap; }
.good { color: var(--good); } .bad { color: var(--bad); } .warn { color: var(--warn); } .info { color: var(--info); }
.chips { display: flex; gap: 6px; flex-wrap: wrap; justify-content: flex-end; }
.chip { border: 1px solid currentColor; border-radius: 10px; padding: 0 8px; font-size: 12px; white-space: nowrap; }
.neutral { color: var(--muted); }
time { color: var(--muted); text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.more { padding: 4px 12px 12px; border-top: 1px solid var(--line); }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 2px 16px; margin: 8px 0; }
dt { color: var(--muted); } dd { margin: 0; overflow-wrap: anywhere; }
pre { margin: 8px 0 0; padding: 12px; background: var(--canvas); border: 1px solid var(--line); border-radius: 4px; overflow-x: auto; max-height: 420px;
  font: 12px/1.5 'Roboto Mono', ui-monospace, Menlo, Consolas, monospace; }
.mail pre { white-space: pre-wrap; overflow-wrap: anywhere; }
code { font: 12px 'Roboto Mono', ui-monospace, Menlo, Consolas, monospace; background: var(--raised); border-radius: 3px; padding: 1px 5px; overflow-wrap: anywhere; }
.empty { background: var(--surface); border: 1px dashed var(--line); border-radius: 4px; padding: 8px 16px; color: var(--muted); }
@media (max-width: 640px) {
  header { padding: 12px 16px; }
  .tools { width: 100%; }
  #freshness { flex: 1; text-align: left; }
  button { min-height: 40px; }
  main { padding: 0 12px 32px; }
  summary, .mail > details > summary { grid-template-columns: minmax(0, 1fr) auto; }
  summary .title { grid-column: 1 / -1; order: 1; }
  summary .chips { grid-column: 1 / -1; order: 2; justify-content: flex-start; }
  summary .chips:empty { display: none; }
  .mail summary .from { grid-column: 1; order: 0; }
  dl { grid-template-columns: minmax(0, 1fr); gap: 0; } dd { margin-bottom: 6px; }
}
@media (prefers-reduced-motion: reduce) { summary { transition: none; } }
`;
