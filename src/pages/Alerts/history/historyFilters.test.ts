import { epochMs } from '../../../core/units.ts';
import {
  exportQuery,
  nextLimit,
  readHistoryFilter,
  readHistoryPage,
  readHistoryRange,
  writeEnd,
} from './historyFilters.ts';

const params = (search: string) => {
  const all = new URLSearchParams(search);
  return {
    get: (name: string) => all.get(name) ?? undefined,
    list: (name: string) => (all.get(name) ?? '').split(',').filter((part) => part !== ''),
  };
};
const read = (search: string) => readHistoryFilter(params(search), readHistoryRange(params(search), 'utc'));
const HOUR = 3_600_000;

beforeEach(() => {
  jest.useFakeTimers({ now: Date.UTC(2026, 10, 21, 14) });
});
afterEach(() => {
  jest.useRealTimers();
});

describe('the history’s filter', () => {
  it('is the last day, open to what comes, when the address says nothing', () => {
    expect(read('')).toEqual({ from: Date.now() - 24 * HOUR });
  });

  it('takes Grafana’s words and absolute times', () => {
    expect(read('from=now-6h').from).toBe(Date.now() - 6 * HOUR);
    expect(read('from=1763700000000&to=1763710000000')).toEqual({ from: 1763700000000, to: 1763710000000 });
  });

  it('falls back to the default on nonsense', () => {
    expect(read('from=yesterday&to=%00')).toEqual({ from: Date.now() - 24 * HOUR });
  });

  it('reads who, what and where', () => {
    expect(read('service=checkout&rule=t1&actor=Ada&kind=fired,resolved,exploded')).toMatchObject({
      service: 'checkout',
      ruleId: 't1',
      actor: 'Ada',
      kind: ['fired', 'resolved'],
    });
  });

  it('writes a range back to what it was', () => {
    const anHourAgo = String(Date.now() - HOUR);
    const { raw } = readHistoryRange(params(`from=now-6h&to=${anHourAgo}`), 'utc');
    expect(writeEnd(raw.from, 'from')).toBe('now-6h');
    expect(writeEnd(raw.to, 'to')).toBe(anHourAgo);
    expect(writeEnd('now', 'to')).toBeNull();
  });

  it('takes a range that ends before it begins for no range', () => {
    expect(read('from=now&to=now-1h')).toEqual({ from: Date.now() - 24 * HOUR });
  });
});

it('shows 200 rows, then more, up to a thousand', () => {
  expect(readHistoryPage(params(''), {}).limit).toBe(200);
  expect(readHistoryPage(params('limit=600'), {}).limit).toBe(600);
  expect(readHistoryPage(params('limit=9999'), {}).limit).toBe(200);
  expect([200, 600, 1000].map(nextLimit)).toEqual([600, 1000, undefined]);
});

it('exports with the same filter', () => {
  expect(exportQuery({ from: epochMs(0), service: 'a', kind: ['fired', 'resolved'], actor: undefined })).toEqual({
    from: '1970-01-01T00:00:00.000Z',
    service: 'a',
    kind: 'fired,resolved',
  });
});
