import type { AskedSet, ComparedTraces } from '../../api/traceComparison.ts';
import { SIGNIFICANCE_LEVEL } from '../../core/traces/compare/comparison.ts';
import { formatNanoseconds } from '../../core/traces/formatNanoseconds.ts';
import { t } from '../../i18n/t.ts';
import { notKeptWords } from '../../ui/NotKeptNote.tsx';
import type { CompareKind } from './compareForm.ts';

/** What a reader must know before trusting the figures: how the sides were parted, what was sampled, and what is missing. */
export function notesOf(
  { a, b, slowerThanNs, comparison, pathsLeftOut }: ComparedTraces,
  { kind, timeZone }: { readonly kind: CompareKind; readonly timeZone: string }
): readonly string[] {
  const { paths, tests, folded } = comparison;
  const isShared = paths.some((path) => path.a.traces > 0 && path.b.traces > 0);
  const hasBoth = comparison.a.traces > 0 && comparison.b.traces > 0;
  const notes = [
    slowerThanNs === null
      ? ''
      : t('compare.comparison-notes.took-longer', 'The traces of B took longer than {{time}}; nine in ten did not.', {
          time: formatNanoseconds(slowerThanNs),
        }),
    kind === 'selection'
      ? t(
          'compare.comparison-notes.by-duration',
          'If the selection was made by duration, it is expected that its traces take longer.'
        )
      : '',
    hasBoth && !isShared
      ? t(
          'compare.comparison-notes.no-path',
          'The two sides have no path in common: they begin with different operations.'
        )
      : '',
    tests === 0
      ? ''
      : t(
          'compare.comparison-notes.tests',
          'A trace counts once in each of the {{tests}} tests; p is corrected for all of them, and bold below {{level}}.',
          { tests, level: SIGNIFICANCE_LEVEL }
        ),
    ...(slowerThanNs === null ? [sampled('A', a), sampled('B', b)] : [sampledBoth(a, b)]),
    ...ofEach(a.used.problem, b.used.problem),
    ...ofEach(gone(a, timeZone), gone(b, timeZone)),
    pathsLeftOut === 0
      ? ''
      : t('compare.comparison-notes.left-out', 'The {{number}} paths that add the least are not listed.', {
          number: pathsLeftOut,
        }),
    folded === 0
      ? ''
      : t(
          'compare.comparison-notes.folded',
          'There are too many different paths: {{number}} spans are counted with the paths above them.',
          { number: folded }
        ),
  ];
  return notes.filter((note) => note !== '');
}

const sampled = (side: string, { used }: AskedSet): string =>
  used.more
    ? t(
        'compare.comparison-notes.sampled',
        '{{side}} has more traces than the {{number}} that were read: the figures are from a sample.',
        { side, number: used.traces }
      )
    : '';

const sampledBoth = (a: AskedSet, b: AskedSet): string =>
  a.used.more
    ? t(
        'compare.comparison-notes.sampled-both',
        'There are more traces than the {{number}} that were read: the figures are from a sample.',
        { number: a.used.traces + b.used.traces }
      )
    : '';

const gone = ({ used: { notKept } }: AskedSet, timeZone: string): string | null =>
  notKept === null ? null : notKeptWords(notKept, timeZone);

/** What both sides have is told once. */
function ofEach(a: string | null, b: string | null): readonly string[] {
  if (a !== null && a === b) {
    return [a];
  }
  return [a === null ? '' : `A: ${a}`, b === null ? '' : `B: ${b}`];
}
