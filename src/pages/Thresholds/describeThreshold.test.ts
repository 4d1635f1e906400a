import { durationMs, epochMs, hours, minutes, seconds } from '../../core/units.ts';
import { answerSentence } from './answerSentence.ts';
import { describeChange, diffSpecs } from './describeThreshold.ts';
import { firedCount, firedWords, missingDataWords, type Preview } from './firedWords.ts';
import { filterRows, groupThresholds } from './groupThresholds.ts';
import { thresholdView } from './threshold.fixture.ts';

const level = (name: 'warning' | 'critical', count: number, total: number) =>
  ({ level: name, severity: name, count, total: durationMs(total) }) as const;
const preview = (change: Partial<Preview>): Preview => ({
  from: epochMs(0),
  to: epochMs(hours(6)),
  step: seconds(60),
  dataFrom: epochMs(0),
  series: [],
  levels: [],
  expr: '',
  ...change,
});

describe('describeChange', () => {
  const before = thresholdView({ critical: 1 });

  it('names what changed, before and after', () => {
    expect(describeChange(before, thresholdView())).toBe('checkout p95 latency: critical 1 s → 800 ms');
    expect(describeChange(before, { ...before, warning: null, for: minutes(5), enabled: false })).toBe(
      'checkout p95 latency: warning 300 ms → none, for 10 s → 5 m, state enabled → disabled'
    );
  });

  it('says that nothing changed', () => {
    expect(describeChange(before, before)).toBe('checkout p95 latency: nothing changed');
  });

  it('gives the levels of a new one', () => {
    expect(describeChange(null, thresholdView({ service: '*', warning: null }))).toBe(
      'p95 latency of every service: critical 800 ms'
    );
  });

  it('compares labels whatever their order', () => {
    const a = thresholdView({ labels: { b: '2', a: '1' } });
    expect(diffSpecs(a, { ...a, labels: { a: '1', b: '2' } })).toEqual([]);
    expect(diffSpecs(a, { ...a, labels: {} })).toEqual([{ field: 'labels', before: 'a=1, b=2', after: 'none' }]);
  });
});

describe('firedWords', () => {
  it('puts the worst first and says how long in all', () => {
    expect(firedWords([level('warning', 7, minutes(41)), level('critical', 2, minutes(14))])).toBe(
      'critical 2×, 14 m in all; warning 7×, 41 m'
    );
    expect(firedWords([level('warning', 1, hours(1.5)), level('critical', 0, 0)])).toBe('warning 1×, 1 h 30 m in all');
    expect(firedWords([level('warning', 0, 0)])).toBe('not once');
  });

  it('counts episodes once, whatever level they reached', () => {
    expect(firedCount([level('warning', 7, 1), level('critical', 2, 1)])).toBe(7);
  });

  it('says where data is missing', () => {
    expect(missingDataWords(preview({}), hours(6))).toBeUndefined();
    expect(missingDataWords(preview({ dataFrom: epochMs(hours(4)) }), hours(6))).toBe(
      'Data begins 2 h ago: the figures are for that time, not for 6 h.'
    );
    expect(missingDataWords(preview({ dataFrom: null }), hours(6))).toBe(
      'No data in these 6 h: how often it would have fired is unknown.'
    );
  });
});

const all = [
  thresholdView({ id: 'own', service: 'cart', signal: 'cpu' }),
  thresholdView({ id: 'override', service: 'checkout' }),
  thresholdView({ id: 'default', service: '*', owner: '' }),
];

describe('groupThresholds', () => {
  it('puts overrides below their default, and the rest after', () => {
    expect(groupThresholds(all).map(({ threshold, overrides }) => [threshold.id, overrides?.id])).toEqual([
      ['default', undefined],
      ['override', 'default'],
      ['own', undefined],
    ]);
  });

  it('keeps the default of an override that matches', () => {
    const ids = (text: string, service?: string) =>
      filterRows(groupThresholds(all), { text, service }).map(({ threshold }) => threshold.id);
    expect(ids('checkout')).toEqual(['default', 'override']);
    expect(ids('shop cpu')).toEqual(['own']);
    expect(ids('', 'cart')).toEqual(['default', 'own']);
  });
});

describe('answerSentence', () => {
  it('says how many, who has one, and what would have fired most', () => {
    const fired = (count: number) => preview({ levels: [level('warning', count, 1)] });
    expect(
      answerSentence({
        thresholds: all,
        coverage: { services: 5, withThreshold: 3 },
        previews: new Map([
          ['own', fired(2)],
          ['override', fired(7)],
        ]),
      })
    ).toBe('3 thresholds; 3 of 5 services have one; checkout p95 latency would have fired 7× in the last 6 h.');
  });

  it('says for how long there was data', () => {
    const short = preview({ dataFrom: epochMs(hours(4)), levels: [level('warning', 0, 0)] });
    expect(
      answerSentence({ thresholds: [thresholdView()], coverage: undefined, previews: new Map([['t1', short]]) })
    ).toBe('1 threshold; none of those checked would have fired in the last 2 h, as far back as there is data.');
  });

  it('says less while less is known', () => {
    const thresholds = [thresholdView({ enabled: false })];
    expect(answerSentence({ thresholds, coverage: undefined, previews: new Map() })).toBe('1 threshold (1 disabled).');
  });
});
