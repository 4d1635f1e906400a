import { epochMs } from '../../core/units.ts';
import {
  findErrors,
  readForm,
  sidesOf,
  writeForm,
  atField,
  writeAt,
  type CompareForm,
  type FormErrors,
} from './compareForm.ts';

const ID = '4bf92f3577b34da6a3ce929d0e0e4736';
const NOW = Date.parse('2026-11-25T12:00:00Z');

beforeEach(() => {
  jest.useFakeTimers({ now: NOW });
});
afterEach(() => {
  jest.useRealTimers();
});

const read = (search: string): CompareForm => readForm((name) => new URLSearchParams(search).get(name) ?? undefined);
const sides = (search: string) => sidesOf(read(search), 'utc');
const hour = { from: epochMs(NOW - 3_600_000), to: epochMs(NOW) };

it('asks for the traces of pasted links', () => {
  expect(sides(`kind=traces&a=https://x/traces/${ID}&b=1,2`)).toEqual({
    ...{ kind: 'sets', a: { traceIds: [ID] } },
    b: { traceIds: ['1', '2'] },
  });
});

it('asks for two searches, A at the time of B where it has none of its own', () => {
  expect(sides('kind=queries&a={ name="x" }&b={ }&limit=20')).toEqual({
    ...{ kind: 'sets', a: { query: '{ name="x" }', ...hour, limit: 20 } },
    b: { query: '{ }', ...hour, limit: 20 },
  });
  const own = sides(`kind=queries&a={}&b={}&afrom=${NOW - 9000}&ato=${NOW - 5000}`);
  expect(own).toMatchObject({ a: { from: NOW - 9000, to: NOW - 5000 }, b: hour });
});

it.each([
  [`kind=time&at=${NOW}&each=1h`, { kind: 'before_after', query: '{ }', at: NOW, each: 3_600_000, limit: 100 }],
  [
    'kind=versions&service=pay&a=1.0&b=1.1',
    { kind: 'versions', service: 'pay', a: '1.0', b: '1.1', ...hour, limit: 100 },
  ],
  ['kind=versions&service=pay&a=1&b=2&q={ status=error }', { query: '{ status=error }' }],
  ['kind=slow&q={ name="x" }', { kind: 'slow_normal', query: '{ name="x" }', ...hour, limit: 100 }],
  [`kind=selection&ids=${ID},7`, { kind: 'selection_rest', selection: [ID, '7'], query: '{ }', ...hour }],
])('asks as %s says', (search, asked) => {
  expect(sides(search)).toMatchObject(asked);
});

it.each<[string, FormErrors]>([
  ['kind=traces', { a: expect.stringContaining('Paste a trace id'), b: expect.any(String) }],
  ['kind=traces&a=hello&b=1', { a: 'Paste a trace id, a link to a trace, or several of them' }],
  ['kind=queries&a=+&b={}', { a: 'Enter a TraceQL query; { } finds every trace' }],
  [`kind=queries&a={}&b=${'x'.repeat(4001)}`, { b: 'Enter at most 4000 characters' }],
  ['kind=time&at=yesterday&each=soon', { at: 'Enter a date and time', each: expect.stringContaining('such as 15m') }],
  ['kind=versions', { service: 'Choose a service', a: 'Choose a version', b: 'Choose a version' }],
  ['kind=slow&q=&limit=0', { q: expect.any(String), limit: 'Enter a whole number from 1 to 500' }],
  ['kind=slow&limit=1.5', { limit: 'Enter a whole number from 1 to 500' }],
  ['kind=selection&ids=', { ids: 'No trace is selected' }],
])('says what is wrong with %s, and asks nothing', (search, errors) => {
  expect(findErrors(read(search))).toEqual(errors);
  expect(sides(search)).toBeUndefined();
});

it('writes the fields of the kind into the address, and takes out the others', () => {
  const written = writeForm({ ...read('kind=slow&q={ }&a=1'), from: 'now-6h' });
  expect(written).toMatchObject({ kind: 'slow', q: '{ }', from: 'now-6h', to: 'now', limit: '100' });
  expect([written.a, written.b, written.at, written.ids, written.service]).toEqual([null, null, null, null, null]);
});

it('takes an address of another version for what it knows of it', () => {
  expect(read('kind=galaxies&a=1').kind).toBe('traces');
  expect(sides('kind=slow&from=once&to=upon')).toMatchObject(hour);
});

it('reads and writes a moment in the zone of the viewer', () => {
  expect(atField(String(NOW), 'utc')).toBe('2026-11-25T12:00');
  expect(writeAt('2026-11-25T12:00', 'utc')).toBe(String(NOW));
  expect([atField('', 'utc'), writeAt('', 'utc')]).toEqual(['', '']);
});
