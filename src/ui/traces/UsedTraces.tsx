import { Text } from '@grafana/ui';
import type { NotKept } from '../../core/evidence/evidence.ts';
import { t } from '../../i18n/t.ts';
import { useDisplay } from '../display.ts';
import { notKeptWords } from '../NotKeptNote.tsx';

/** What a set of traces turned out to be, as the engine says of each. */
export interface UsedSet {
  /** Traces that were read. */
  readonly traces: number;
  readonly spans: number;
  /** The source may have more. */
  readonly more: boolean;
  /** Of those that were read, those of which the source gave only a part. */
  readonly cut: number;
  readonly failed: number;
  /** What is missing, and the reason of the first. */
  readonly problem: string | null;
  /** What could not be found because it is no longer there. */
  readonly notKept: NotKept | null;
}

export interface UsedTracesProps {
  readonly used: UsedSet;
  /** What the set is called, where there are several. */
  readonly name?: string;
}

/** Of which traces the figures are: the words beside every figure over many. */
export function UsedTraces({ used, name }: UsedTracesProps) {
  const { timeZone } = useDisplay();
  const { more, failed, cut, problem, notKept } = used;
  const words = [
    cut === 0 ? readWhole(used) : readInPart(used),
    more ? t('ui.used-traces.more', 'There are more; these are the ones that the search returned first.') : '',
    problem ??
      (failed === 0 ? '' : t('ui.used-traces.failed', '{{number}} more could not be read.', { number: failed })),
    notKept === null ? '' : notKeptWords(notKept, timeZone),
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
  return (
    <Text color="secondary">
      {name === undefined ? words : t('ui.used-traces.of', '{{name}}: {{words}}', { name, words })}
    </Text>
  );
}

const readWhole = ({ traces, spans }: UsedSet): string =>
  t('ui.used-traces.from', '', {
    count: traces,
    spans: spans.toLocaleString('en-US'),
    defaultValue_one: 'From {{count}} complete trace with {{spans}} spans.',
    defaultValue_other: 'From {{count}} complete traces with {{spans}} spans.',
  });

/** Which of them are cut short, and what that means, the problem says. */
const readInPart = ({ traces, spans }: UsedSet): string =>
  t('ui.used-traces.from-part', '', {
    count: traces,
    spans: spans.toLocaleString('en-US'),
    defaultValue_one: 'From {{count}} trace with {{spans}} spans, not complete.',
    defaultValue_other: 'From {{count}} traces with {{spans}} spans, not all of them complete.',
  });
