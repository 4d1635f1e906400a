import { css } from '@emotion/css';
import { useStyles2 } from '@grafana/ui';
import type { ReactNode } from 'react';
import type { FoundTrace, TraceEvidence as Traces } from '../../core/evidence/evidence.ts';
import { exploreUrl } from '../../core/evidence/exploreUrl.ts';
import { t } from '../../i18n/t.ts';
import { DataTable, type DataColumn } from '../DataTable.tsx';
import { RelativeTime } from '../RelativeTime.tsx';
import { StateTag } from '../StateTag.tsx';
import { Value } from '../Value.tsx';
import { EvidenceBlock } from './EvidenceBlock.tsx';
import { describeTraces } from './evidenceWords.ts';
import { FAILED, SLOW } from './looks.ts';
import { TraceLink, type LinkTrace } from './TraceLink.tsx';
import { useWords } from './useWords.ts';

export interface TraceEvidenceProps {
  readonly service: string;
  readonly traces: Traces;
  readonly link: LinkTrace;
  /** The way to a search of its traces. */
  readonly search: ReactNode;
  /** Of Grafana; undefined leaves out the links. */
  readonly grafanaUrl: string | undefined;
  /** Where there is little room: few traces. */
  readonly compact?: boolean;
}

const SHOWN_COMPACT = 5;

/** Traces around a moment that failed or were slow, the worst first. */
export function TraceEvidence(props: TraceEvidenceProps) {
  const { service, traces, link, search, grafanaUrl, compact = false } = props;
  const styles = useStyles2(getStyles);
  const words = useWords(service);
  const { items, query, window, problem } = traces;
  const explore =
    grafanaUrl === undefined || query === null ? undefined : exploreUrl(grafanaUrl, { traces: query, window });
  const columns: ReadonlyArray<DataColumn<FoundTrace>> = [
    {
      id: 'trace',
      header: t('ui.trace-evidence.trace', 'Trace'),
      onCard: 'title',
      cell: (trace) => (
        <span className={styles.name}>
          <TraceLink traceId={trace.traceId} name={nameOf(trace)} link={link} grafanaUrl={grafanaUrl} window={window} />
        </span>
      ),
    },
    {
      id: 'status',
      header: t('ui.trace-evidence.status', 'Status'),
      cell: ({ failedIn }) =>
        failedIn.length === 0 ? (
          <StateTag look={SLOW} />
        ) : (
          <span className={styles.name}>
            <StateTag look={FAILED} /> {t('ui.trace-evidence.in', 'in {{services}}', { services: failedIn.join(', ') })}
          </span>
        ),
    },
    {
      id: 'duration',
      header: t('ui.trace-evidence.duration', 'Duration'),
      align: 'right',
      width: '12ch',
      cell: ({ durationMs }) => <Value value={durationMs / 1000} unit="seconds" />,
    },
    {
      id: 'started',
      header: t('ui.trace-evidence.started', 'Started'),
      align: 'right',
      width: '16ch',
      cell: ({ startedAt }) => <RelativeTime at={startedAt} />,
    },
  ];
  const shown = compact ? items.slice(0, SHOWN_COMPACT) : items;
  return (
    <EvidenceBlock
      title={t('ui.trace-evidence.traces', 'Traces')}
      problem={problem}
      sentence={describeTraces(traces, words)}
      explore={explore}
      search={query === null ? null : search}
    >
      {shown.length > 0 && (
        <DataTable
          label={t('ui.trace-evidence.traces', 'Traces')}
          columns={columns}
          rows={shown}
          rowKey={({ traceId }) => traceId}
        />
      )}
    </EvidenceBlock>
  );
}

function nameOf({ rootService, rootName }: FoundTrace): string {
  const name = [rootService, rootName].filter((part) => part !== '').join(': ');
  return name === '' ? t('ui.trace-evidence.first-span-not-yet-received', 'First span not yet received') : name;
}

const getStyles = () => ({ name: css({ overflowWrap: 'anywhere' }) });
