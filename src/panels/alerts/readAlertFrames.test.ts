import { toDataFrame } from '@grafana/data';
import { alertFrame, NOW } from './panel.fixture.ts';
import { readAlertFrames } from './readAlertFrames.ts';

const idsOf = (reading: ReturnType<typeof readAlertFrames>) =>
  reading.kind === 'alerts' ? reading.rows.map(({ id }) => id) : reading.kind;

describe('readAlertFrames', () => {
  it('reads a row', () => {
    const frame = alertFrame({
      acknowledgedBy: 'Ada',
      acknowledgedComment: 'deploy',
      suppressed: 'silence, inhibition',
      value: null,
      unit: '',
    });
    expect(readAlertFrames([frame])).toEqual({
      kind: 'alerts',
      rows: [
        {
          ...{ id: 'checkout-1', summary: 'checkout: p95 latency above 800 ms', service: 'checkout', owner: 'shop' },
          ...{ source: 'pharos', severity: 'critical', state: 'firing', value: null, unit: null },
          startsAt: NOW - 6 * 60_000,
          ...{ team: 'shop', labels: { service: 'checkout' } },
          acknowledged: { by: 'Ada', comment: 'deploy' },
          suppressedBy: [{ kind: 'silence' }, { kind: 'inhibition' }],
        },
      ],
    });
  });

  it('keeps the order of one frame, and the most urgent first of several, each alert once', () => {
    const mild = { id: 'mild', severity: 'warning' };
    const taken = { id: 'taken', acknowledgedBy: 'Ada', startsAt: NOW - 3_600_000 };
    expect(idsOf(readAlertFrames([alertFrame(mild, {})]))).toEqual(['mild', 'checkout-1']);
    expect(idsOf(readAlertFrames([alertFrame(mild, taken, {}), alertFrame({}, { id: 'old', startsAt: 0 })]))).toEqual([
      'old',
      'checkout-1',
      'taken',
      'mild',
    ]);
  });

  it('takes what it does not know for the mildest, and lets columns be left out on purpose', () => {
    const odd = alertFrame({ severity: 'burning', state: 'odd' });
    const fields = odd.fields.filter(({ name }) => name !== 'owner' && name !== 'suppressed');
    expect(readAlertFrames([{ ...odd, fields }])).toMatchObject({
      rows: [{ severity: 'info', state: 'firing', owner: '', suppressedBy: [] }],
    });
  });

  it('passes over frames of something else, and names what the nearest lacks', () => {
    const counts = toDataFrame({ fields: [{ name: 'time', values: [NOW] }] });
    const history = toDataFrame({
      fields: ['id', 'summary', 'severity', 'time'].map((name) => ({ name, values: ['x'] })),
    });
    expect(idsOf(readAlertFrames([counts, alertFrame({})]))).toEqual(['checkout-1']);
    expect(readAlertFrames([counts, history])).toEqual({ kind: 'other', missing: ['state', 'startsAt'] });
    expect(readAlertFrames([])).toEqual({ kind: 'nothing' });
  });
});
