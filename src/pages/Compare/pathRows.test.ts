import { compareTraceSets } from '../../core/traces/compare/compareTraceSets.ts';
import { seeded, shopTraces } from '../../core/traces/compare/shopTraces.fixture.ts';
import type { PathDifference } from '../../core/traces/compare/comparison.ts';
import { matches, placesOf, presenceOf, treeRows } from './pathRows.ts';

const random = seeded(1);
const { paths, differenceNs } = compareTraceSets(
  shopTraces(8, { random, stockCalls: 0 }),
  shopTraces(8, { random, slower: { authorize: 500 } })
);
const names = (filter: string, folded: readonly number[] = []) =>
  treeRows(paths, filter, (path) => folded.includes(path)).map(({ path }) => path.operation);
const pathOf = (operation: string) => paths.find((path) => path.operation === operation)?.path ?? -1;

it('lays paths out from the root down, the larger difference first', () => {
  expect(names('')).toEqual(['POST /checkout', 'charge card', 'authorize', 'SELECT stock', 'get cart']);
});

it('adds up what is below', () => {
  const [root] = treeRows(paths, '', () => false);
  expect(root?.totalNs).toBeCloseTo(differenceNs, 3);
});

it('keeps what matches, and what is above it', () => {
  expect(names('authorize')).toEqual(['POST /checkout', 'charge card', 'authorize']);
  expect(names('nothing like it')).toEqual([]);
});

it('hides what is below a folded path', () => {
  expect(names('', [pathOf('charge card')])).toEqual(['POST /checkout', 'charge card', 'SELECT stock', 'get cart']);
});

it('finds every word in service or operation, in any case', () => {
  const found = paths.filter((path) => matches(path, 'PAY card')).map(({ operation }) => operation);
  expect(found).toEqual(['charge card']);
});

it('knows what is new', () => {
  const stock = paths.find(({ operation }) => operation === 'SELECT stock');
  expect(stock && presenceOf(stock)).toBe('new');
});

describe('a name that stands at several places', () => {
  const at = (path: number, parent: number | null, operation: string): PathDifference => {
    const [template] = paths;
    if (template === undefined) {
      throw new Error('there is no path');
    }
    return { ...template, path, parent, operation, service: 's' };
  };

  it('is told by what is above it, as far up as it takes', () => {
    const tree = [
      at(0, null, 'root'),
      at(1, 0, 'read'),
      at(2, 0, 'write'),
      at(3, 1, 'query'),
      at(4, 2, 'query'),
      at(5, 3, 'wait'),
      at(6, 4, 'wait'),
    ];
    expect([...placesOf(tree)].toSorted(([one], [other]) => one - other)).toEqual([
      [3, 's: read'],
      [4, 's: write'],
      [5, 's: query ‹ s: read'],
      [6, 's: query ‹ s: write'],
    ]);
  });

  it('is bounded where an operation calls itself', () => {
    const chain = Array.from({ length: 200 }, (_, path) => at(path, path === 0 ? null : path - 1, 'again'));
    expect(placesOf(chain).get(199)).toBe('s: again ‹ s: again ‹ s: again');
  });

  it('ends where nothing is above any more', () => {
    expect([...placesOf([at(0, null, 'a'), at(1, null, 'a'), at(2, 0, 'b'), at(3, 1, 'b')])]).toEqual([
      [0, ''],
      [1, ''],
      [2, 's: a'],
      [3, 's: a'],
    ]);
  });
});
