import { FOLD_MODES } from '../../core/traces/rows/folding.ts';
import { traceOf } from '../../core/traces/testTrace.fixture.ts';
import { changeSearch } from '../../host/useLocation.ts';
import { DEFAULT_TABLE } from '../../ui/traces/spans/spanTableView.ts';
import { DEFAULT_VIEW } from '../../ui/traces/waterfall/waterfallView.ts';
import { readView, writeView, type TracePageView } from './useTraceParams.ts';

const TRACE = traceOf([{ id: '1', from: 0, to: 50_000, attributes: [['http.route', '/pay']] }]);
const USUAL: TracePageView = { ...DEFAULT_VIEW, ...DEFAULT_TABLE };

const readBack = (search: string): TracePageView => {
  const params = new URLSearchParams(search);
  return readView({ get: (name) => params.get(name) ?? undefined }, TRACE);
};

describe('the view of a trace in an address', () => {
  it('says nothing of what is as usual', () => {
    expect(changeSearch('', writeView(USUAL))).toBe('');
    expect(readBack('')).toEqual(USUAL);
  });

  it.each(FOLD_MODES)('comes back with fold mode %s', (mode) => {
    const view: TracePageView = {
      ...{ filter: 'a=1 "b c"', onlyMatches: true, mode, depth: 3, critical: false },
      ...{ time: { fromNs: 2_000, toNs: 30_000 }, order: { by: 'self', descending: false } },
      grouping: { by: 'attribute', key: 'http.route' },
    };
    expect(readBack(changeSearch('', writeView(view)))).toEqual(view);
  });

  it.each([
    ['?fold=depth0', { mode: 'depth', depth: 1 }],
    ['?fold=depth12', { mode: 'depth', depth: 12 }],
    ['?fold=depth999999', { mode: 'depth', depth: 100 }],
    ['?fold=nonsense', { mode: 'none' }],
    ['?path=maybe', { critical: true }],
    ['?sort=-start', { order: { by: 'start', descending: true } }],
    ['?sort=--start', { order: DEFAULT_TABLE.order }],
    ['?sort=colour', { order: DEFAULT_TABLE.order }],
    ['?group=operation', { grouping: { by: 'operation' } }],
    ['?group=attribute:service.name', { grouping: { by: 'attribute', key: 'service.name' } }],
    ['?group=attribute:of.another.trace', { grouping: null }],
    ['?group=nonsense', { grouping: null }],
    ['?time=1000-9000', { time: { fromNs: 1000, toNs: 9000 } }],
    ['?time=1000-999999', { time: { fromNs: 1000, toNs: 999_999 } }],
    ['?time=9000-1000', { time: null }],
    ['?time=60000-90000', { time: null }],
    ['?time=1e3-NaN', { time: null }],
    ['?time=-5-10', { time: null }],
  ])('makes sense of %s', (search, expected) => {
    expect(readBack(search)).toMatchObject(expected);
  });
});
