import fc from 'fast-check';
import { epochMs } from '../units.ts';
import { parseLogLevel, WARNING_NAMES } from './logLevel.ts';
import { LONGEST_LINE, readLogLine } from './readLogLine.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SHORT = TRACE.slice(0, 16);
const read = (line: string, labels: Record<string, string> = {}) => readLogLine({ at: epochMs(1), line, labels });

it('believes the labels and metadata of a line first', () => {
  const labels = { service_name: 'checkout', detected_level: 'error', trace_id: TRACE };
  expect(read('level=info msg="it went"', labels)).toEqual({
    at: 1,
    level: 'error',
    message: 'it went',
    line: 'level=info msg="it went"',
    cut: 0,
    traceId: TRACE,
  });
  expect(read('x', { level: 'warn', detected_level: 'unknown' }).level).toBe('warning');
  expect(read('level=fatal x', { detected_level: 'unknown' }).level).toBe('critical');
});

it.each([
  [`{"level":"error","msg":"payment failed","trace_id":"${TRACE}"}`, ['error', 'payment failed', TRACE]],
  [`{"level":50,"msg":"payment failed","err":{"message":"timed out"}}`, ['error', 'payment failed: timed out', null]],
  [`{"severity":"WARN","message":"slow","error":"slow"}`, ['warning', 'slow', null]],
  [`level=warn msg="card \\"visa\\" declined" traceID=${TRACE}`, ['warning', 'card "visa" declined', TRACE]],
  [`time=12 level=info msg=started`, ['info', 'started', null]],
  [`ERROR broken, trace id: ${SHORT}`, ['unknown', `ERROR broken, trace id: ${SHORT}`, SHORT]],
  ['{"level": broken json', ['unknown', '{"level": broken json', null]],
  ['[1, 2]', ['unknown', '[1, 2]', null]],
  ['', ['unknown', '', null]],
])('reads %s', (line, expected) => {
  const { level, message, traceId } = read(line);
  expect([level, message, traceId]).toEqual(expected);
});

it.each(['00000000000000000000000000000000', 'abc', `${TRACE}0`, 'not-hexadecimal-at-all-but-32-ch'])(
  'takes %s for no trace id',
  (trace_id) => {
    expect(read(`trace_id=${trace_id} x`, { trace_id }).traceId).toBeNull();
  }
);

it('cuts what is too long, between characters, and says by how much', () => {
  const whole = read('x'.repeat(LONGEST_LINE));
  expect([whole.line.length, whole.cut]).toEqual([LONGEST_LINE, 0]);
  const long = read(`${'x'.repeat(LONGEST_LINE - 1)}🚀🚀`);
  expect(long.line).toBe('x'.repeat(LONGEST_LINE - 1));
  expect(long.cut).toBe(4);
  expect(long.message).toHaveLength(500);
});

it('makes a line of any text, keeping all that it does not cut', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 5000 }), (text) => {
      const { line, cut } = read(text);
      expect(text.startsWith(line)).toBe(true);
      expect(line.length + cut).toBe(text.length);
      expect(line.length).toBeLessThanOrEqual(LONGEST_LINE);
    })
  );
});

it('knows the names of levels, in any case', () => {
  expect(['ERROR', ' Warn ', '60', 'notice', 'verbose', 'loud'].map(parseLogLevel)).toEqual([
    ...['error', 'warning', 'critical', 'info', 'trace', 'unknown'],
  ]);
  expect(new Set(WARNING_NAMES.map(parseLogLevel))).toEqual(new Set(['critical', 'error', 'warning']));
});
