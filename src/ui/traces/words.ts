import { formatValue } from '../../core/signals/formatValue.ts';
import { t } from '../../i18n/t.ts';

const LEAST_SHARE = 0.001;

/** A part of a whole for reading: `78.1 %`, `< 0.1 %`; nothing of nothing is 0 %. */
export function formatShare(part: number, whole: number): string {
  const share = whole === 0 ? 0 : part / whole;
  return share > 0 && share < LEAST_SHARE ? '< 0.1 %' : formatValue(share, 'ratio');
}

/** `1 span`, `12,000 spans`. */
export const countedSpans = (count: number): string =>
  t('ui.words.spans', '', {
    count,
    number: count.toLocaleString('en-US'),
    defaultValue_one: '{{number}} span',
    defaultValue_other: '{{number}} spans',
  });
