import { Text } from '@grafana/ui';
import type { TraceSetUsed } from '../../api/traces.ts';

/** Of which traces the figures are: the words beside every figure over many. */
export function UsedTraces({ used }: { readonly used: TraceSetUsed }) {
  const { traces, spans, more, failed, problem } = used;
  const missing = problem === null ? (failed === 0 ? '' : ` ${failed} more could not be read.`) : ` ${problem}`;
  const sample = more ? ' There are more; these are those that the search gave first.' : '';
  return (
    <Text color="secondary">
      From {traces} {traces === 1 ? 'trace' : 'traces'} with {spans.toLocaleString('en-US')} spans, read whole.{sample}
      {missing}
    </Text>
  );
}
