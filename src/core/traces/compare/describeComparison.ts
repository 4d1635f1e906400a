import { formatValue } from '../../signals/formatValue.ts';
import { formatNanoseconds } from '../formatNanoseconds.ts';
import { SIGNIFICANCE_LEVEL, type PathDifference, type TraceComparison } from './comparison.ts';

/** A p-value for people: nobody reads more than two digits of it, nor one below a thousandth. */
export const formatP = (p: number): string => (p < 0.001 ? 'p < 0.001' : `p = ${Number(p.toPrecision(2))}`);

/** What a comparison comes to. */
export interface ComparisonAnswer {
  readonly verdict: 'slower' | 'faster' | 'alike' | 'untested' | 'empty';
  /** Sentences. */
  readonly text: string;
  /** What the text names as the largest part of the difference. */
  readonly culprit: PathDifference | null;
}

/** How the traces came to their sides. */
export interface PartedHow {
  /** The slow ones were put into B: that they are slower is no finding, and testing it would tell nothing. */
  readonly byDuration?: boolean;
}

/** The answer in a sentence or two, with the sizes of the sets and how sure it is. */
export function describeComparison(comparison: TraceComparison, how: PartedHow = {}): ComparisonAnswer {
  const { a, b, differenceNs, durationP, untested } = comparison;
  if (a.traces === 0 || b.traces === 0) {
    return { verdict: 'empty', text: describeEmpty(a.traces, b.traces), culprit: null };
  }
  const { byDuration = false } = how;
  const isClear = byDuration || (durationP !== null && durationP < SIGNIFICANCE_LEVEL);
  const verdict = verdictOf({ isClear, isTested: untested === null, isSlower: differenceNs > 0 });
  const culprit = verdict === 'alike' ? null : culpritOf(comparison);
  const lead = verdict === 'alike' ? 'No clear difference in duration: ' : '';
  const where = culprit === null ? '' : `: ${describeCulprit(culprit, differenceNs)}`;
  const text = `${lead}B is ${describeAmount(comparison)} (${evidence(comparison, byDuration)})${where}.${describeErrors(comparison)}`;
  return { verdict, text, culprit };
}

function describeAmount({ differenceNs, untested }: TraceComparison): string {
  if (differenceNs === 0) {
    return 'as fast as A';
  }
  const average = untested === 'one_trace_each' ? '' : ' on average';
  return `${formatNanoseconds(Math.abs(differenceNs))} ${differenceNs > 0 ? 'slower' : 'faster'}${average}`;
}

interface Finding {
  readonly isClear: boolean;
  readonly isTested: boolean;
  readonly isSlower: boolean;
}

function verdictOf({ isClear, isTested, isSlower }: Finding): ComparisonAnswer['verdict'] {
  if (!isTested) {
    return 'untested';
  }
  const direction = isSlower ? 'slower' : 'faster';
  return isClear ? direction : 'alike';
}

function describeEmpty(a: number, b: number): string {
  if (a === 0 && b === 0) {
    return 'There is no trace on either side.';
  }
  return `There is no trace in ${a === 0 ? 'A' : 'B'}, so there is nothing to compare with ${a === 0 ? 'B' : 'A'}.`;
}

function evidence({ a, b, durationP, untested }: TraceComparison, byDuration: boolean): string {
  const change = `${formatNanoseconds(a.medianNs)} → ${formatNanoseconds(b.medianNs)}`;
  if (untested === 'one_trace_each') {
    return `${change}; one trace each: no test`;
  }
  const sizes = `${a.traces} vs ${b.traces} traces`;
  if (untested === 'too_few') {
    return `median ${change}; ${sizes}: too few for a test`;
  }
  if (byDuration) {
    return `median ${change}, ${sizes} parted by their duration`;
  }
  // Equal values leave nothing to test.
  return `median ${change}, ${durationP === null ? 'all alike' : formatP(durationP)}, ${sizes}`;
}

/** What contributes most in the direction of the whole. */
function culpritOf({ paths, differenceNs }: TraceComparison): PathDifference | null {
  return differenceNs === 0
    ? null
    : (paths.find(({ contributionNs }) => Math.sign(contributionNs) === Math.sign(differenceNs)) ?? null);
}

function describeCulprit({ service, operation, contributionNs, a, b }: PathDifference, differenceNs: number): string {
  const amount = formatNanoseconds(Math.abs(contributionNs));
  // What one part adds another may have saved.
  const share = Math.abs(contributionNs) > Math.abs(differenceNs) * 1.005 ? `${amount} more` : `${amount} of it`;
  const words = differenceNs > 0 ? share : share.replace(' more', ' less');
  const state = a.traces === 0 ? ', which only B has' : b.traces === 0 ? ', which only A has' : '';
  return `${words} in ${service}: ${operation}${state}`;
}

function describeErrors({ a, b, errorP }: TraceComparison): string {
  if (errorP === null || errorP >= SIGNIFICANCE_LEVEL) {
    return '';
  }
  const [before, after] = [formatValue(a.failed / a.traces, 'ratio'), formatValue(b.failed / b.traces, 'ratio')];
  return ` ${b.failed / b.traces > a.failed / a.traces ? 'More' : 'Fewer'} of B failed: ${before} → ${after} (${formatP(errorP)}).`;
}
