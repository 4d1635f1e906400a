import { Text } from '@grafana/ui';
import type { TraceSetUsed } from '../../api/traces.ts';
import { t } from '../../i18n/t.ts';

/** Nothing could be read at all: what is empty then says nothing of the service. */
export const isUnread = ({ traces, problem }: TraceSetUsed): boolean => traces === 0 && problem !== null;

/** Of which traces the figures are: the words beside every figure over many. */
export function UsedTraces({ used }: { readonly used: TraceSetUsed }) {
  const { traces, spans, more, failed, problem } = used;
  const counted = { count: traces, spans: spans.toLocaleString('en-US') };
  const words = [
    problem === null && failed === 0
      ? t('traces.used-traces.from', '', {
          ...counted,
          defaultValue_one: 'From {{count}} trace with {{spans}} spans, read whole.',
          defaultValue_other: 'From {{count}} traces with {{spans}} spans, read whole.',
        })
      : t('traces.used-traces.from-some', '', {
          ...counted,
          defaultValue_one: 'From {{count}} trace with {{spans}} spans.',
          defaultValue_other: 'From {{count}} traces with {{spans}} spans.',
        }),
    more ? t('traces.used-traces.more', 'There are more; these are those that the search gave first.') : '',
    problem ??
      (failed === 0 ? '' : t('traces.used-traces.failed', '{{number}} more could not be read.', { number: failed })),
  ];
  return <Text color="secondary">{words.filter((sentence) => sentence !== '').join(' ')}</Text>;
}
