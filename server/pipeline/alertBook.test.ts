import fc from 'fast-check';
import { observationOf } from '../../src/core/alerts/alert.fixture.ts';
import { epochMs } from '../../src/core/units.ts';
import { sampleAlert } from '../store/testing/samples.ts';
import { createAlertBook, keyOf, type AlertBook } from './alertBook.ts';

const NOW = epochMs(0);
const labelsOf = (n: number) => ({ service: `service ${n}` });

function apply(book: AlertBook, n: number, fields: Partial<ReturnType<typeof observationOf>>): void {
  const labels = labelsOf(n);
  book.applied(keyOf(labels), observationOf({ ...fields, labels }), NOW);
}

it('knows the alerts of a rule, also those that another rule took over, and none that ended', () => {
  const book = createAlertBook();
  const keys = [0, 1, 2].map((n) => keyOf(labelsOf(n)));
  [0, 1, 2].forEach((n) => apply(book, n, { ruleId: 'all', status: 'firing' }));
  expect(book.ofRule('all')).toEqual(keys);
  apply(book, 1, { ruleId: 'one', status: 'firing' });
  expect([book.ofRule('all'), book.ofRule('one')]).toEqual([[keys[0], keys[2]], [keys[1]]]);
  apply(book, 1, { ruleId: 'one', status: 'clear' });
  book.sync([sampleAlert({ ruleId: 'one', labels: labelsOf(2) }), sampleAlert({ state: 'resolved', ruleId: 'one' })]);
  expect([book.ofRule('all'), book.ofRule('one')]).toEqual([[], [keys[2]]]);
});

it('has of each rule what is open of it, whatever was said and read', () => {
  const rules = ['a', 'b', 'c'];
  const said = fc.record({
    n: fc.nat(5),
    ruleId: fc.constantFrom(...rules),
    status: fc.constantFrom('firing', 'pending', 'no_data', 'clear', 'resolved'),
  });
  const read = fc.uniqueArray(fc.record({ n: fc.nat(5), ruleId: fc.constantFrom(...rules) }), {
    selector: ({ n }) => n,
  });
  fc.assert(
    fc.property(fc.array(fc.oneof(said, read), { maxLength: 40 }), (steps) => {
      const book = createAlertBook();
      for (const step of steps) {
        if (Array.isArray(step)) {
          book.sync(step.map(({ n, ruleId }) => sampleAlert({ ruleId, labels: labelsOf(n) })));
        } else {
          apply(book, step.n, step);
        }
      }
      for (const rule of rules) {
        const open = [...book.open()].filter(([, { ruleId }]) => ruleId === rule).map(([key]) => key);
        expect(book.ofRule(rule).toSorted()).toEqual(open.toSorted());
      }
    })
  );
});
