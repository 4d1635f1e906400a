import type { DeployEvidence, LogEvidence, LogLine, TraceEvidence } from '../../core/evidence/evidence.ts';
import { epochMs } from '../../core/units.ts';
import { describeLogs, describeNoDeploy, describeTraces } from './evidenceWords.ts';

const window = { from: epochMs(1), to: epochMs(2) };
const words = { service: 'checkout', write: () => '14:01 to 14:03' };
const part = { query: null, window, problem: null };

const deploys = (versions: string[]): DeployEvidence => ({ ...part, items: [], versions });
const line: LogLine = { at: epochMs(1), level: 'error', message: 'x', line: 'x', cut: 0, traceId: null };
const logs = (count: number, rest: Partial<LogEvidence> = {}): LogEvidence => ({
  ...{
    ...part,
    patterns: [],
    levels: 'warning',
    order: 'oldest_first',
    more: false,
    items: Array.from({ length: count }, () => line),
  },
  ...rest,
});
const trace = { traceId: 'a', rootName: '', rootService: '', startedAt: epochMs(1), durationMs: 1, failedIn: [] };
const traces = (count: number, rest: Partial<TraceEvidence> = {}): TraceEvidence => ({
  ...{ ...part, slowerThan: 0.3, more: false, items: Array.from({ length: count }, () => trace) },
  ...rest,
});

it.each([
  [['1.0.0'], 'No new version of checkout from 14:01 to 14:03: 1.0.0 ran all along.'],
  [['1', '2'], 'No new version of checkout from 14:01 to 14:03: 1 and 2 ran side by side.'],
])('says which versions ran: %s', (versions, sentence) => {
  expect(describeNoDeploy(deploys(versions), words)).toBe(sentence);
});

it.each([
  [logs(0), 'Loki has no line of checkout from 14:01 to 14:03.'],
  [logs(1), '1 line of level warning and above from 14:01 to 14:03.'],
  [logs(2, { levels: 'all' }), '2 lines from 14:01 to 14:03.'],
  [logs(3, { more: true }), 'The first 3 lines of level warning and above from 14:01 to 14:03; there may be more.'],
  [
    logs(2, { more: true, order: 'newest_first', levels: 'all' }),
    'The newest 2 lines from 14:01 to 14:03; there may be more.',
  ],
])('says how many lines of which levels', (evidence, sentence) => {
  expect(describeLogs(evidence, words)).toBe(sentence);
});

it.each([
  [traces(0), 'No trace from 14:01 to 14:03 in which checkout failed or took longer than 300 ms.'],
  [traces(1, { slowerThan: null }), '1 trace from 14:01 to 14:03 in which checkout failed.'],
  [
    traces(2, { more: true }),
    '2 of the traces from 14:01 to 14:03 in which checkout failed or took longer than 300 ms; there may be more.',
  ],
])('says how many traces and why they are here', (evidence, sentence) => {
  expect(describeTraces(evidence, words)).toBe(sentence);
});
