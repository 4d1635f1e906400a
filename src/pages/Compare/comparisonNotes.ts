import type { AskedSet, ComparedTraces } from '../../api/traceComparison.ts';
import { SIGNIFICANCE_LEVEL } from '../../core/traces/compare/comparison.ts';
import { formatNanoseconds } from '../../core/traces/formatNanoseconds.ts';
import type { CompareKind } from './compareForm.ts';

/** What a reader must know before trusting the figures: how the sides were parted, what was sampled, and what is missing. */
export function notesOf(
  { a, b, slowerThanNs, comparison, pathsLeftOut }: ComparedTraces,
  kind: CompareKind
): readonly string[] {
  const { paths, tests, folded } = comparison;
  const isShared = paths.some((path) => path.a.traces > 0 && path.b.traces > 0);
  const hasBoth = comparison.a.traces > 0 && comparison.b.traces > 0;
  const notes = [
    slowerThanNs === null ? '' : `B took longer than ${formatNanoseconds(slowerThanNs)}, which nine in ten did not.`,
    kind === 'selection'
      ? 'Where the selection was made by duration, it is no finding that its traces take longer.'
      : '',
    hasBoth && !isShared ? 'The two sides have no path in common: they begin with different operations.' : '',
    tests === 0
      ? ''
      : `A trace counts once in each of the ${tests} tests; p is corrected for all of them, and bold below ${SIGNIFICANCE_LEVEL}.`,
    ...(slowerThanNs === null ? [sampled('A', a), sampled('B', b)] : [sampledBoth(a, b)]),
    ...problems(a.used.problem, b.used.problem),
    pathsLeftOut === 0 ? '' : `${pathsLeftOut} paths that add the least are not listed.`,
    folded === 0 ? '' : `${folded} spans of too many different paths count for the paths above them.`,
  ];
  return notes.filter((note) => note !== '');
}

const sampled = (side: string, { used }: AskedSet): string =>
  used.more
    ? `There are more traces of ${side} than the ${used.traces} that were read: the figures are of a sample.`
    : '';

const sampledBoth = (a: AskedSet, b: AskedSet): string =>
  a.used.more
    ? `There are more traces than the ${a.used.traces + b.used.traces} that were read: the figures are of a sample.`
    : '';

/** One that both sides have is told once. */
function problems(a: string | null, b: string | null): readonly string[] {
  if (a !== null && a === b) {
    return [a];
  }
  return [a === null ? '' : `A: ${a}`, b === null ? '' : `B: ${b}`];
}
