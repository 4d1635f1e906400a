import { Text } from '@grafana/ui';
import type { TraceSetUsed } from '../../api/traces.ts';
import { t } from '../../i18n/t.ts';

/** Of which traces the figures are: the words beside every figure over many. */
export function UsedTraces({ used }: { readonly used: TraceSetUsed }) {
  const { more, failed, cut, problem } = used;
  const words = [
    cut === 0 ? readWhole(used) : readInPart(used),
    more ? t('traces.used-traces.more', 'There are more; these are those that the search gave first.') : '',
    problem ??
      (failed === 0 ? '' : t('traces.used-traces.failed', '{{number}} more could not be read.', { number: failed })),
  ];
  return <Text color="secondary">{words.filter((sentence) => sentence !== '').join(' ')}</Text>;
}

const readWhole = ({ traces, spans }: TraceSetUsed): string =>
  t('traces.used-traces.from', '', {
    count: traces,
    spans: spans.toLocaleString('en-US'),
    defaultValue_one: 'From {{count}} trace with {{spans}} spans, read whole.',
    defaultValue_other: 'From {{count}} traces with {{spans}} spans, read whole.',
  });

/** Which of them are cut short, and what that means, the problem says. */
const readInPart = ({ traces, spans }: TraceSetUsed): string =>
  t('traces.used-traces.from-part', '', {
    count: traces,
    spans: spans.toLocaleString('en-US'),
    defaultValue_one: 'From {{count}} trace with {{spans}} spans, not whole.',
    defaultValue_other: 'From {{count}} traces with {{spans}} spans, not all of them whole.',
  });
