import { traceIdsIn } from './traceIdsIn.ts';

const ID = '4bf92f3577b34da6a3ce929d0e0e4736';

it.each<[string, readonly string[]]>([
  ['', []],
  ['   ', []],
  [ID, [ID]],
  [ID.toUpperCase(), [ID]],
  ['abc123, 7', ['abc123', '7']],
  [`${ID}\n${ID}`, [ID]],
  [`00-${ID}-00f067aa0ba902b7-01`, [ID]],
  [`traceparent: 00-${ID}-00f067aa0ba902b7-01`, [ID]],
  [`https://jaeger.example.org/trace/${ID}?uiFind=x`, [ID]],
  ['http://localhost:16686/trace/3fa1b', ['3fa1b']],
  ['https://pharos.example.org/traces/00ab?tab=flame', ['00ab']],
  [`https://grafana.example.org/explore?panes=%7B%22a%22%3A%7B%22query%22%3A%22${ID}%22%7D%7D`, [ID]],
  ['https://example.org/about', []],
  ['https://pharos.example.org/traces/compare', []],
  ['not-an-id', []],
  ['%E0%A4%A', []],
])('finds in %j', (text, ids) => {
  expect(traceIdsIn(text)).toEqual(ids);
});
