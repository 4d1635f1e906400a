import { cell } from '../../../core/traces/column.ts';
import { flameLabel } from '../../../core/traces/flame/searchFlame.ts';
import { formatNanoseconds } from '../../../core/traces/formatNanoseconds.ts';
import { t } from '../../../i18n/t.ts';
import { formatShare } from '../words.ts';
import type { FlameState } from './useFlame.ts';

type Shown = Pick<FlameState, 'flame' | 'widths' | 'wholeNs' | 'widthBy'>;

export interface FlameFact {
  readonly name: string;
  readonly value: string;
}

/** The figures of a node. */
export function flameFacts({ flame, widths, wholeNs, widthBy }: Shown, node: number): readonly FlameFact[] {
  const count = cell(flame.count, node);
  const errors = cell(flame.errors, node);
  const share = formatShare(cell(widths, node), wholeNs);
  return [
    ...(count === 1 ? [] : [{ name: t('ui.flame-words.spans', 'Spans'), value: count.toLocaleString('en-US') }]),
    ...(errors === 0
      ? []
      : [
          {
            name: t('ui.flame-words.failed', 'Failed'),
            value: count === 1 ? t('ui.flame-words.yes', 'yes') : errors.toLocaleString('en-US'),
          },
        ]),
    { name: t('ui.flame-words.total', 'Total'), value: formatNanoseconds(cell(flame.totalNs, node)) },
    { name: t('ui.flame-words.self', 'Self'), value: formatNanoseconds(cell(flame.selfNs, node)) },
    { name: t('ui.flame-words.critical', 'Critical'), value: formatNanoseconds(cell(flame.criticalNs, node)) },
    {
      name: t('ui.flame-words.with-all-below', 'With all below'),
      value:
        widthBy === 'self'
          ? t('ui.flame-words.of-all-work', '{{share}} of all work', { share })
          : t('ui.flame-words.of-the-path', '{{share}} of the critical path', { share }),
    },
  ];
}

/** A node and its figures in one sentence, to be read aloud. */
export const speakNode = (shown: Shown, node: number): string =>
  `${flameLabel(shown.flame, node)}. ${flameFacts(shown, node)
    .map(({ name, value }) => `${name} ${value}`)
    .join(', ')}.`;

/** What a search came to. */
export function describeMatches({ matches, widthBy }: Pick<FlameState, 'matches' | 'widthBy'>): string | undefined {
  if (matches === undefined) {
    return undefined;
  }
  const { count } = matches;
  if (count === 0) {
    return t('ui.flame-words.nothing', 'Nothing contains this text.');
  }
  const values = { count, number: count.toLocaleString('en-US'), share: formatShare(matches.share, 1) };
  return widthBy === 'self'
    ? t('ui.flame-words.matches-work', '', {
        ...values,
        defaultValue_one: '{{number}} match; with all below it, {{share}} of all work.',
        defaultValue_other: '{{number}} matches; with all below them, {{share}} of all work.',
      })
    : t('ui.flame-words.matches-path', '', {
        ...values,
        defaultValue_one: '{{number}} match; with all below it, {{share}} of the critical path.',
        defaultValue_other: '{{number}} matches; with all below them, {{share}} of the critical path.',
      });
}
