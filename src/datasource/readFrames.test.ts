import { dataFrameFromJSON, FieldType, getFieldDisplayName, type DataFrame, type DataFrameJSON } from '@grafana/data';
import { ALERT_COLUMNS, HISTORY_COLUMNS, type DataFrameJson } from '../api/frames.ts';
import { FRAMES } from '../api/frames.fixture.ts';

/** As Grafana does with what comes over the wire; the contract's types are wider than those of its JSON. */
const read = (json: DataFrameJson): DataFrame => dataFrameFromJSON(JSON.parse(JSON.stringify(json)) as DataFrameJSON);

const framesOf = (type: keyof typeof FRAMES): readonly DataFrame[] => FRAMES[type].map(read);

const AT = Date.UTC(2026, 10, 21, 14, 0, 0);

function rowsOf(frame: DataFrame | undefined): Array<Record<string, unknown>> {
  const { fields = [], length = 0 } = frame ?? {};
  return Array.from({ length }, (_, row) => Object.fromEntries(fields.map(({ name, values }) => [name, values[row]])));
}

it('reads alerts as a table with times, numbers that may be missing, and labels as objects', () => {
  const [frame] = framesOf('alerts');
  expect(frame?.fields.map(({ name }) => name)).toEqual(ALERT_COLUMNS);
  expect(frame?.meta).toMatchObject({ type: 'table', preferredVisualisationType: 'table' });
  const types = Object.fromEntries(frame?.fields.map(({ name, type }) => [name, type]) ?? []);
  expect(types).toMatchObject({
    ...{ startsAt: FieldType.time, updatedAt: FieldType.time, value: FieldType.number, summary: FieldType.string },
    labels: FieldType.other,
  });
  expect(rowsOf(frame)).toMatchObject([
    { startsAt: AT, severity: 'critical', value: 0.42, owner: 'shop', labels: { service: 'checkout', owner: 'shop' } },
    { severity: 'warning', state: 'no_data', value: null, owner: '' },
  ]);
});

it('reads counts as series that are told apart by their labels and shown by their names', () => {
  const frames = framesOf('alertCounts');
  expect(frames.map(({ fields }) => fields.map(({ type }) => type))).toEqual([
    ...[
      ['time', 'number'],
      ['time', 'number'],
    ],
  ]);
  expect(frames.map(({ fields }) => fields[1]?.labels)).toEqual([{ state: 'firing' }, { state: 'no_data' }]);
  expect(frames.map((frame) => frame.fields[1] && getFieldDisplayName(frame.fields[1], frame, [...frames]))).toEqual([
    ...['firing', 'no_data'],
  ]);
  expect(frames[0]?.meta).toMatchObject({ type: 'timeseries-multi', typeVersion: [0, 1] });
  expect(frames[0]?.fields.map(({ values }) => [...values])).toEqual([
    [AT - 60_000, AT],
    [0, 1],
  ]);
});

it('finds in the history what it makes annotations of, by the names that it looks for', () => {
  const [frame] = framesOf('history');
  expect(frame?.fields.map(({ name }) => name)).toEqual(HISTORY_COLUMNS);
  // Grafana 12.4 looks fields up by their display names in lower case, and splits tags at commas.
  const byName = new Map(frame?.fields.map((field) => [getFieldDisplayName(field, frame).toLowerCase(), field]));
  expect(['time', 'title', 'text', 'tags'].map((name) => byName.get(name)?.values[0])).toEqual([
    ...[AT, 'Fired · checkout: p95 latency above 300 ms', 'p95 latency 0.42 s was above 300 ms for 10 s'],
    'fired,critical,checkout',
  ]);
  expect(['id', 'timeend', 'userid', 'newstate'].filter((name) => byName.has(name))).toEqual([]);
});

it('reads signals with their unit, and a gap where there is no value', () => {
  const [frame] = framesOf('signals');
  const value = frame?.fields[1];
  expect([value?.config.unit, value?.labels, value?.values]).toEqual(['s', { service: 'checkout' }, [0.2, null]]);
  expect(frame?.fields[0]?.config.interval).toBe(60_000);
  expect(value && getFieldDisplayName(value, frame)).toBe('checkout');
});

it('reads the status as one row of figures with names for people', () => {
  const [frame] = framesOf('status');
  expect(frame?.length).toBe(1);
  expect(frame?.fields.map((field) => [getFieldDisplayName(field, frame), field.values[0]])).toEqual([
    ...[
      ['Critical alerts', 1],
      ['Rules', 0],
    ],
  ]);
});
