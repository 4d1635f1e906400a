import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runCommand } from '../commands.ts';
import type { Io } from '../io.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'pharos-compare-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

async function compare(...argv: string[]): Promise<{ code: number; out: string; error: string }> {
  const lines: string[] = [];
  const errors: string[] = [];
  const io: Io = {
    out: (line) => lines.push(line),
    error: (line) => errors.push(line),
    // No engine is asked for files.
    environment: { PHAROS_URL: 'http://127.0.0.1:9', PHAROS_TOKEN: 'x' },
  };
  const code = await runCommand(['trace', 'compare', ...argv], io);
  return { code, out: lines.join('\n'), error: errors.join('\n') };
}

const span = (
  traceId: string,
  spanId: string,
  besides: { parent?: string; name: string; from: number; to: number }
) => ({
  ...{ traceId, spanId: spanId.padStart(16, '0'), name: besides.name, kind: 2 },
  ...(besides.parent === undefined ? {} : { parentSpanId: besides.parent.padStart(16, '0') }),
  startTimeUnixNano: String(1_790_000_000_000_000_000n + BigInt(besides.from) * 1_000_000n),
  endTimeUnixNano: String(1_790_000_000_000_000_000n + BigInt(besides.to) * 1_000_000n),
});

/** So many traces of a root of 20 ms and a call within it. */
function write(name: string, calls: readonly number[], besides: { service?: string } = {}): string {
  const file = path.join(folder, name);
  const attributes = [{ key: 'service.name', value: { stringValue: besides.service ?? 'shop' } }];
  const spans = calls.flatMap((ms, at) => {
    const traceId = String(at + 1).padStart(32, '0');
    return [
      span(traceId, '1', { name: 'GET /', from: 0, to: ms + 20 }),
      span(traceId, '2', { parent: '1', name: 'SELECT', from: 10, to: ms + 10 }),
    ];
  });
  writeFileSync(file, JSON.stringify({ resourceSpans: [{ resource: { attributes }, scopeSpans: [{ spans }] }] }));
  return file;
}

it('compares one trace with one, without a test', async () => {
  const { code, out } = await compare(write('a.json', [100]), write('b.json', [400]));
  expect(code).toBe(0);
  expect(out).toContain(
    'B is 300 ms slower (120 ms → 420 ms; one trace each: no test): 300 ms of it in\nshop: SELECT.'
  );
  expect(out).toMatch(/^ {3}shop: SELECT +\+300 ms +100 ms +400 ms +1 +0 %$/m);
  expect(out).toMatch(/^ {3}shop: SELECT +100 ms +400 ms$/m);
  expect(out.split('\n').filter((line) => line.length > 80)).toEqual([]);
  expect(out).toContain('One trace each: no test.');
});

it('compares files of several traces, and marks what is no chance', async () => {
  const some = (from: number): number[] => Array.from({ length: 12 }, (_, n) => from + n);
  const { out } = await compare(write('a.json', some(100)), write('b.json', some(400)));
  expect(out).toContain('B is 300 ms slower on average (median 126 ms → 426 ms, p < 0.001, 12 vs 12\ntraces)');
  expect(out).toMatch(/^ {3}shop: SELECT +\+300 ms +106 ms +406 ms\*/m);
  expect(out).toMatch(/^ {3}shop: SELECT +110 ms +410 ms$/m);
  expect(out).toMatch(/^\* p < 0\.05, corrected for \d tests/m);
});

it('gives all of it as JSON', async () => {
  const { out } = await compare(write('a.json', [100]), write('b.json', [400]), '--format', 'json');
  expect(JSON.parse(out)).toMatchObject({
    ...{ differenceNs: 300e6, untested: 'one_trace_each', answer: expect.stringContaining('300 ms slower') },
    paths: [{ operation: 'SELECT', contributionNs: 300e6, a: { medianNs: 100e6 } }, { operation: 'GET /' }],
  });
});

it('marks what only one side has', async () => {
  const { out } = await compare(write('a.json', [100]), write('b.json', [100], { service: 'store' }));
  expect(out).toMatch(/^\+ {2}store: SELECT/m);
  expect(out).toMatch(/^- {2}shop: SELECT/m);
});

it.each<[string, readonly string[], number, string]>([
  ['nothing', [], 2, 'Nothing to compare: expected A and B.'],
  ['one side', ['x.json'], 2, 'Nothing to compare x.json with: expected A and B.'],
  ['three', ['x', 'y', 'z'], 2, '"z" is one too many: expected A and B.'],
  ['standard input twice', ['-', '-'], 2, 'Both sides are standard input: expected it for one.'],
  ['a strange format', ['x', 'y', '--format', 'xml'], 2, '--format is "xml": expected table or json.'],
  ['a strange option', ['x', 'y', '--what'], 2, 'There is no option --what.'],
  [
    'an option that is nearly one',
    ['x', 'y', '--formta', 'json'],
    2,
    'There is no option --formta. Did you mean --format?',
  ],
  ['an option without its value', ['x', 'y', '--format'], 2, "Option '--format <value>' argument missing"],
  ['a folder', [tmpdir(), 'y'], 1, 'is a folder; expected a file with a trace.'],
])('refuses %s', async (...[, argv, code, words]) => {
  const answer = await compare(...argv);
  expect(answer.code).toBe(code);
  expect(answer.error).toContain(words);
  expect(answer.out).toBe('');
});

it('says which side could not be read', async () => {
  const html = path.join(folder, 'page.json');
  writeFileSync(html, '<html>login</html>');
  const { code, error } = await compare(write('a.json', [1]), html);
  expect(code).toBe(1);
  expect(error).toContain('page.json: ');
});

it('says beside the answer what is odd in a side, once for all of its traces', async () => {
  const lossy = write('lossy.json', [100, 200, 300]);
  const text = readFileSync(lossy, 'utf8').replaceAll(/("parentSpanId":"0*)1"/g, '$19"');
  writeFileSync(lossy, text);
  const { code, out, error } = await compare(write('a.json', [100]), lossy, '--format', 'json');
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ paths: expect.any(Array) });
  expect(error.split('\n').filter((line) => line !== '')).toEqual([
    'B (3 of 3 traces): The parent of one span is missing: it was not recorded, not sampled or has not arrived. The span is shown as a root.',
    'B (3 of 3 traces): The trace has 2 roots. The critical path is that of the earliest.',
  ]);
});

it('says of how many traces the clocks differ, beside JSON too', async () => {
  const skewed = write('skewed.json', [100, 200, 300]);
  const { resourceSpans } = JSON.parse(readFileSync(skewed, 'utf8'));
  const [{ scopeSpans }] = resourceSpans;
  const [{ spans }] = scopeSpans;
  // The call of the second trace, on a host whose clock is an hour behind.
  const [late] = spans.splice(3, 1);
  const behind = (ns: string): string => String(BigInt(ns) - 3_600_000_000_000n);
  const [startTimeUnixNano, endTimeUnixNano] = [behind(late.startTimeUnixNano), behind(late.endTimeUnixNano)];
  resourceSpans.push({
    resource: { attributes: [{ key: 'service.name', value: { stringValue: 'bank' } }] },
    scopeSpans: [{ spans: [{ ...late, startTimeUnixNano, endTimeUnixNano }] }],
  });
  writeFileSync(skewed, JSON.stringify({ resourceSpans }));
  const { code, out, error } = await compare(write('a.json', [100]), skewed, '--format', 'json');
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ paths: expect.any(Array) });
  expect(error).toBe(
    'B (1 of 3 traces): Clocks differ or are coarse: what paths add is with clocks set right, durations are as recorded.'
  );
  expect((await compare(write('a.json', [100]), write('b.json', [100]))).error).toBe('');
});

it('explains itself', async () => {
  const { code, out } = await compare('--help');
  expect(code).toBe(0);
  expect(out).toContain('Usage: pharos trace compare A B');
});
