import { fieldErrors } from '../../../src/api/fieldErrors.ts';
import * as contract from '../../../src/api/frames.ts';
import type { FrameQuery, FrameQueryType } from '../../../src/api/frames.ts';
import type { InputOf, OutputOf } from '../../../src/api/operation.ts';
import { EngineError } from '../../errors.ts';
import { query } from '../operation.ts';
import { stepOf } from '../system/rangeOf.ts';
import { alertCountFrames } from './alertCountFrames.ts';
import { alertsFrame } from './alertsFrame.ts';
import type { FrameCall, FrameSource, QueryOf } from './frameSource.ts';
import { comparisonFrame } from './comparisonFrame.ts';
import { historyFrame } from './historyFrame.ts';
import { oneTraceFrame } from './oneTraceFrame.ts';
import { serviceMapFrames } from './serviceMapFrames.ts';
import { signalFrames } from './signalFrames.ts';
import { statusFrame } from './statusFrame.ts';
import { traceOperationsFrame } from './traceOperationsFrame.ts';
import { tracesFrame } from './tracesFrame.ts';

type Input = InputOf<typeof contract.queryFrames>;
type Result = OutputOf<typeof contract.queryFrames>['results'][number];

/** What the data source can ask: a query type is one file and one line here, besides its shape in the contract. */
const SOURCES: { readonly [T in FrameQueryType]: FrameSource<T> } = {
  alerts: alertsFrame,
  alertCounts: alertCountFrames,
  history: historyFrame,
  signals: signalFrames,
  status: statusFrame,
  traces: tracesFrame,
  trace: oneTraceFrame,
  traceOperations: traceOperationsFrame,
  traceComparison: comparisonFrame,
  serviceMap: serviceMapFrames,
};

export const queryFrames = query(contract.queryFrames, async (deps, { identity, now, signal }, input) => {
  if (input.from > input.to) {
    throw new EngineError('invalid_input', 'from: expected a time that is not after "to"', {
      errors: [{ path: 'from', message: 'expected a time that is not after "to"' }],
    });
  }
  const { from, to, fromAlert } = input;
  const { namespace, role } = identity;
  const shared = { deps, namespace, role, from, to, now, fromAlert, signal };
  const results: Result[] = [];
  // One after the other: each may read much, and others want their turn too.
  for (const one of input.queries) {
    results.push(await answer({ ...shared, refId: one.refId, step: stepOf(to - from, one) }, one));
  }
  return { results };
});

/** One query that is wrong, or whose source fails, leaves the others standing: its own error says why. */
async function answer(call: FrameCall, { refId, query: asked }: Input['queries'][number]): Promise<Result> {
  try {
    const parsed = parse(asked);
    refuseTables(call, parsed);
    return { refId, frames: [...(await framesOf(call, parsed.queryType, parsed))], error: null, status: 200 };
  } catch (error) {
    const status = error instanceof EngineError ? STATUS[error.code] : undefined;
    if (error instanceof EngineError && status !== undefined) {
      return { refId, frames: [], error: error.message, status };
    }
    throw error;
  }
}

/** What belongs to one query. Anything else that is thrown is the whole request's. */
const STATUS: Partial<Record<EngineError['code'], number>> = {
  invalid_input: 400,
  source_failed: 502,
  unavailable: 502,
};

const framesOf = <T extends FrameQueryType>(call: FrameCall, type: T, asked: QueryOf<T>) =>
  SOURCES[type].answer(call, asked);

/** @throws EngineError `invalid_input` that names every field */
function parse(asked: unknown): FrameQuery {
  const parsed = contract.frameQuery.safeParse(asked);
  if (parsed.success) {
    return parsed.data;
  }
  const errors = fieldErrors(parsed.error.issues);
  const sentence = errors.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('; ');
  throw new EngineError('invalid_input', sentence, { errors });
}

function refuseTables({ fromAlert }: FrameCall, { queryType }: FrameQuery): void {
  if (fromAlert && SOURCES[queryType].isTable) {
    const instead = isOfAlerts(queryType)
      ? 'alertCounts, which counts the same alerts over time'
      : 'signals, such as latency_p95';
    throw new EngineError(
      'invalid_input',
      `queryType: "${queryType}" is a table, which Grafana Alerting cannot evaluate; expected ${instead}`
    );
  }
}

const isOfAlerts = (type: FrameQueryType): boolean => type === 'alerts' || type === 'history';
