import { splitTexts } from '../../../core/textList.ts';
import { isFiltered, readFilters } from './alertFilters.ts';

const params = (search: string) => {
  const all = new URLSearchParams(search);
  return {
    get: (name: string) => all.get(name) ?? undefined,
    list: (name: string) => splitTexts(all.get(name) ?? ''),
  };
};

describe('readFilters', () => {
  it('asks for what is open, a hundred at first, when the address says nothing', () => {
    expect(readFilters(params(''))).toEqual({ limit: 100 });
  });

  it('reads every filter', () => {
    expect(
      readFilters(
        params('state=firing,stale&severity=critical&service=a,b&team=shop,web\\, EU&ack=no&q=team%3Dshop&limit=300')
      )
    ).toEqual({
      state: ['firing', 'stale'],
      severity: ['critical'],
      service: ['a', 'b'],
      team: ['shop', 'web, EU'],
      acknowledged: false,
      q: 'team=shop',
      limit: 300,
    });
  });

  it('leaves out what it does not know', () => {
    expect(readFilters(params('state=burning&severity=p1&ack=maybe&limit=lots'))).toEqual({ limit: 100 });
    expect(readFilters(params('limit=5000')).limit).toBe(1000);
  });
});

it('knows when a list is not whole', () => {
  expect(isFiltered(params('tab=open&limit=200'))).toBe(false);
  expect(isFiltered(params('q=x'))).toBe(true);
});
