import { FOLD_MODES } from '../../core/traces/rows/folding.ts';
import { changeSearch } from '../../host/useLocation.ts';
import { DEFAULT_VIEW, type WaterfallView } from '../../ui/traces/waterfall/waterfallView.ts';
import { readView, writeView } from './useTraceParams.ts';

const readBack = (search: string): WaterfallView => {
  const params = new URLSearchParams(search);
  return readView({ get: (name) => params.get(name) ?? undefined });
};

describe('the view of a waterfall in an address', () => {
  it('says nothing of what is as usual', () => {
    expect(changeSearch('', writeView(DEFAULT_VIEW))).toBe('');
    expect(readBack('')).toEqual(DEFAULT_VIEW);
  });

  it.each(FOLD_MODES)('comes back with fold mode %s', (mode) => {
    const view: WaterfallView = { filter: 'a=1 "b c"', onlyMatches: true, mode, depth: 3, critical: false };
    expect(readBack(changeSearch('', writeView(view)))).toEqual(view);
  });

  it.each([
    ['?fold=depth0', { mode: 'depth', depth: 1 }],
    ['?fold=depth12', { mode: 'depth', depth: 12 }],
    ['?fold=depth999999', { mode: 'depth', depth: 100 }],
    ['?fold=nonsense', { mode: 'none' }],
    ['?path=maybe', { critical: true }],
  ])('makes sense of %s', (search, expected) => {
    expect(readBack(search)).toMatchObject(expected);
  });
});
