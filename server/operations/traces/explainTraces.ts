import * as contract from '../../../src/api/traceComparison.ts';
import { createSelectionExplainer } from '../../../src/core/traces/compare/explainSelection.ts';
import { operationOf, serviceOf } from '../../../src/core/traces/spanFields.ts';
import type { Trace } from '../../../src/core/traces/trace.ts';
import { query } from '../operation.ts';
import { askedOf, requireWindowOf } from './compareTraces.ts';
import { inTurns } from './inTurns.ts';
import { loadTracePair } from './loadTraceSet.ts';

/** More values than anyone reads. */
const MOST_ITEMS = 200;
const MOST_LEFT_OUT = 100;

export const explainTraces = query(contract.explainTraces, async (deps, call, input) => {
  requireWindowOf(input.selection, 'selection.to');
  requireWindowOf(input.rest, 'rest.to');
  const [selection, rest] = await loadTracePair(deps, call, [input.selection, input.rest]);
  const explainer = createSelectionExplainer(
    input.service === undefined && input.operation === undefined ? {} : { spansOf: rootsAnd(input) }
  );
  await inTurns(selection.traces, call.signal, (trace) => explainer.add('selection', trace));
  await inTurns(rest.traces, call.signal, (trace) => explainer.add('rest', trace));
  const explained = explainer.finish();
  const items = explained.items.slice(0, MOST_ITEMS);
  const selected = new Set(selection.traces.map(({ traceId }) => traceId));
  return {
    selection: askedOf(selection, selection.traces),
    rest: askedOf(
      rest,
      rest.traces.filter(({ traceId }) => !selected.has(traceId))
    ),
    explained: { ...explained, items, leftOut: explained.leftOut.slice(0, MOST_LEFT_OUT) },
    itemsLeftOut: explained.items.length - items.length,
  };
});

interface Wanted {
  readonly service?: string | undefined;
  readonly operation?: string | undefined;
}

const rootsAnd = ({ service, operation }: Wanted) =>
  function* (trace: Trace): Iterable<number> {
    for (let span = 0; span < trace.size; span += 1) {
      const isMeant =
        (service === undefined || serviceOf(trace, span) === service) &&
        (operation === undefined || operationOf(trace, span) === operation);
      if (isMeant || trace.parent[span] === -1) {
        yield span;
      }
    }
  };
