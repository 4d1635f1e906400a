import fc from 'fast-check';
import type { Series } from '../series.ts';
import { epochMs, minutes } from '../units.ts';
import { findDeploys, versionsOf } from './findDeploys.ts';

/** A version seen each minute of these, counted from the start. */
const seen = (version: string, ...stretches: ReadonlyArray<readonly [from: number, to: number]>): Series => {
  const at = stretches.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, index) => from + index));
  return {
    labels: { service: 'checkout', version },
    times: at.map((minute) => epochMs(minutes(minute))),
    values: at.map(() => 1),
  };
};

const found = (series: readonly Series[]) =>
  findDeploys(series).map(({ at, version, previous }) => [at / minutes(1), version, previous]);

it('is where a version first appears, with the one that ran before', () => {
  expect(found([seen('1.0.0', [0, 30]), seen('1.1.0', [28, 60])])).toEqual([[28, '1.1.0', ['1.0.0']]]);
  expect(found([seen('1.0.0', [0, 27]), seen('1.1.0', [28, 60])])).toEqual([[28, '1.1.0', ['1.0.0']]]);
});

it('is a return to an older version too', () => {
  expect(found([seen('1.0.0', [0, 20], [40, 60]), seen('1.1.0', [19, 41])])).toEqual([
    [19, '1.1.0', ['1.0.0']],
    [40, '1.0.0', ['1.1.0']],
  ]);
});

it('is a return within a minute too, where the other ran alone meanwhile', () => {
  expect(found([seen('1.0.0', [0, 20], [23, 25], [27, 60]), seen('1.1.0', [21, 22], [26, 26])])).toEqual([
    [21, '1.1.0', ['1.0.0']],
    [23, '1.0.0', ['1.1.0']],
    [26, '1.1.0', ['1.0.0']],
    [27, '1.0.0', ['1.1.0']],
  ]);
});

it('follows one version after another, however close', () => {
  expect(found([seen('1', [0, 10]), seen('2', [11, 12]), seen('3', [13, 20])])).toEqual([
    [11, '2', ['1']],
    [13, '3', ['2']],
  ]);
});

it('names every version that ran side by side before', () => {
  expect(found([seen('1', [0, 30]), seen('2', [0, 30]), seen('3', [20, 30])])).toEqual([[20, '3', ['1', '2']]]);
});

it.each([
  ['the first version, of which nobody knows what was before', [seen('1', [10, 60])]],
  ['two versions that ran side by side all along', [seen('1', [0, 60]), seen('2', [0, 60])]],
  ['a restart of less than five minutes', [seen('1', [0, 20], [24, 60]), seen('2', [0, 60])]],
  ['a restart while another one goes on', [seen('1', [0, 20], [24, 60]), seen('2', [0, 19], [22, 60])]],
  ['a time without any data', [seen('1', [0, 20], [40, 60])]],
  ['series that name no version', [seen('', [0, 60]), seen('1', [20, 60])]],
  ['nothing', []],
])('is not %s', (_, series) => {
  expect(found(series)).toEqual([]);
});

it('joins series of one version, and takes no value that is no number', () => {
  const gone = seen('2', [0, 5]);
  expect(
    found([
      seen('1', [0, 40]),
      { ...gone, values: gone.values.map(() => Number.NaN) },
      seen('2', [30, 40]),
      seen('2', [35, 60]),
    ])
  ).toEqual([[30, '2', ['1']]]);
});

it('lists the versions', () => {
  expect(versionsOf([seen('2', [0, 1]), seen('10', [0, 1]), seen('2', [3, 4]), seen('', [0, 1])])).toEqual(['10', '2']);
});

it('finds, for any history, moments at which the version is there and another was before', () => {
  const stretch = fc
    .tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 30 }))
    .map(([from, length]) => [from, from + length] as const);
  const series = fc
    .tuple(fc.constantFrom('1', '2', '3'), fc.array(stretch, { minLength: 1, maxLength: 4 }))
    .map(([version, stretches]) => seen(version, ...stretches));
  fc.assert(
    fc.property(fc.array(series, { maxLength: 5 }), (all) => {
      for (const { at, version, previous } of findDeploys(all)) {
        const own = all.filter(({ labels }) => labels['version'] === version);
        expect(own.some(({ times }) => times.includes(at))).toBe(true);
        expect(previous).not.toContain(version);
        for (const name of previous) {
          const others = all.filter(({ labels }) => labels['version'] === name);
          expect(others.some(({ times }) => times.some((time) => time < at))).toBe(true);
        }
      }
    })
  );
});
