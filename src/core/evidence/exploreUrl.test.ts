import { epochMs } from '../units.ts';
import { exploreUrl } from './exploreUrl.ts';

const window = { from: epochMs(1_700_000_000_000), to: epochMs(1_700_000_060_000) };

const panesOf = (address: string): unknown => {
  const url = new URL(address, 'http://grafana.local');
  expect(url.searchParams.get('schemaVersion')).toBe('1');
  return JSON.parse(url.searchParams.get('panes') ?? '');
};

it('leads to log lines in Explore', () => {
  const address = exploreUrl('http://127.0.0.1:3000', { logs: '{service_name="a&b #\\"c"}', window });
  expect(address).toMatch(/^http:\/\/127\.0\.0\.1:3000\/explore\?schemaVersion=1&panes=/);
  expect(panesOf(address)).toEqual({
    pharos: {
      datasource: 'loki',
      queries: [
        {
          refId: 'A',
          datasource: { type: 'loki', uid: 'loki' },
          expr: '{service_name="a&b #\\"c"}',
          queryType: 'range',
        },
      ],
      range: { from: '1700000000000', to: '1700000060000' },
    },
  });
});

it('leads to a search or a trace in Explore, below the path of Grafana', () => {
  const address = exploreUrl('/grafana/', { traces: '4bf92f3577b34da6a3ce929d0e0e4736', window });
  expect(address).toMatch(/^\/grafana\/explore\?/);
  expect(panesOf(address)).toMatchObject({
    pharos: { datasource: 'tempo', queries: [{ query: '4bf92f3577b34da6a3ce929d0e0e4736', queryType: 'traceql' }] },
  });
});

it('leads to metrics in Explore', () => {
  expect(panesOf(exploreUrl('/grafana', { metrics: 'sum(up)', window }))).toMatchObject({
    pharos: {
      datasource: 'prometheus',
      queries: [{ expr: 'sum(up)', range: true, datasource: { type: 'prometheus', uid: 'prometheus' } }],
    },
  });
});
