import { cell } from '../../../core/traces/column.ts';
import { flameLabel } from '../../../core/traces/flame/searchFlame.ts';
import { formatNanoseconds } from '../../../core/traces/formatNanoseconds.ts';
import { counted, formatShare } from '../words.ts';
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
  const share = `${formatShare(cell(widths, node), wholeNs)} of ${widthBy === 'self' ? 'all work' : 'the critical path'}`;
  return [
    ...(count === 1 ? [] : [{ name: 'Spans', value: count.toLocaleString('en-US') }]),
    ...(errors === 0 ? [] : [{ name: 'Failed', value: count === 1 ? 'yes' : errors.toLocaleString('en-US') }]),
    { name: 'Total', value: formatNanoseconds(cell(flame.totalNs, node)) },
    { name: 'Self', value: formatNanoseconds(cell(flame.selfNs, node)) },
    { name: 'Critical', value: formatNanoseconds(cell(flame.criticalNs, node)) },
    { name: 'With all below', value: share },
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
  const whole = widthBy === 'self' ? 'all work' : 'the critical path';
  return matches.count === 0
    ? 'Nothing has this text.'
    : `${counted(matches.count, 'match', 'matches')}, with all below ${formatShare(matches.share, 1)} of ${whole}.`;
}
