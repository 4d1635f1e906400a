import { compareTraceSets } from '../../core/traces/compare/compareTraceSets.ts';
import { seeded, shopTraces } from '../../core/traces/compare/shopTraces.fixture.ts';
import { matches, presenceOf, treeRows } from './pathRows.ts';

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
