import { css } from '@emotion/css';
import { LoadingState, type GrafanaTheme2, type PanelData } from '@grafana/data';
import { Button, Icon, useStyles2 } from '@grafana/ui';
import { t } from '../../i18n/t.ts';
import { Trans } from '../../i18n/Trans.ts';
import { Answer } from '../../ui/Answer.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { useNow } from '../../ui/useNow.ts';
import { AlertRows, type RowActs } from './AlertRows.tsx';
import { BoardMessage } from './BoardMessage.tsx';
import type { AlertsPanelOptions } from './options.ts';
import type { AlertReading, AlertRow } from './readAlertFrames.ts';
import { answerRows, describeLeftOut, selectRows, type Expand } from './selectRows.ts';
import type { Failure, KeptReading } from './useKeptReading.ts';

export interface AlertsBoardProps {
  readonly kept: KeptReading;
  readonly data: PanelData;
  readonly options: AlertsPanelOptions;
  readonly width: number;
  readonly acts: RowActs;
  readonly retry: (() => void) | undefined;
  readonly expand: Expand;
}

/** The alerts of the panel's query, or what is in their way. */
export function AlertsBoard({ kept: { reading, at, failure }, data, retry, ...list }: AlertsBoardProps) {
  if (failure !== undefined && reading?.kind !== 'alerts') {
    return (
      <BoardMessage
        icon="exclamation-triangle"
        title={t('panel.alerts-board.the-alerts-could-not-be', 'The alerts could not be loaded')}
        action={retry && <RetryButton retry={retry} />}
      >
        {t(
          'panel.alerts-board.nothing-was-lost-the-engine',
          '{{message}} Nothing was lost; the engine keeps every alert.',
          { message: failure.message }
        )}
      </BoardMessage>
    );
  }
  if (reading === undefined) {
    return data.state === LoadingState.Loading ? (
      <Skeleton label={t('panel.alerts-board.loading-the-alerts', 'Loading the alerts')} height={32} rows={3} />
    ) : (
      <NoAlertFrames reading={{ kind: 'nothing' }} data={data} />
    );
  }
  if (reading.kind !== 'alerts') {
    return <NoAlertFrames reading={reading} data={data} />;
  }
  return (
    <>
      {failure && <Stale failure={failure} at={at} retry={retry} />}
      <List all={reading.rows} isNarrow={isNarrow(data, list.expand)} {...list} />
    </>
  );
}

function NoAlertFrames({ reading, data }: { reading: Exclude<AlertReading, { kind: 'alerts' }>; data: PanelData }) {
  if (reading.kind === 'other') {
    return (
      <BoardMessage
        icon="question-circle"
        title={t('panel.alerts-board.this-is-not-a-list', 'This is not a list of alerts')}
      >
        {t(
          'panel.alerts-board.choose-alerts-missing',
          'In the query of this panel, choose the data source Pharos and the query type Alerts. The query result has no {{fields}}.',
          { fields: reading.missing.join(', ') }
        )}
      </BoardMessage>
    );
  }
  const hasQuery = (data.request?.targets.length ?? 0) > 0;
  return (
    <BoardMessage
      icon="question-circle"
      title={
        hasQuery
          ? t('panel.alerts-board.the-query-gave-no-list', 'The query gave no list of alerts')
          : t('panel.alerts-board.there-is-no-query-yet', 'There is no query yet')
      }
    >
      {t(
        'panel.alerts-board.choose-alerts',
        'In the query of this panel, choose the data source Pharos and the query type Alerts.'
      )}
    </BoardMessage>
  );
}

const NARROWING = ['severities', 'services', 'owners', 'sources'] as const;

/** Whether the queries leave alerts out, so that no row does not mean that nothing is open. A variable that stands for all leaves none out. */
const isNarrow = ({ request }: PanelData, expand: Expand): boolean =>
  (request?.targets ?? []).some((target) =>
    NARROWING.some((field) => {
      const value: unknown = Reflect.get(target, field);
      return Array.isArray(value) && value.length > 0 && expand(value.map(String)) !== undefined;
    })
  );

type ListProps = Pick<AlertsBoardProps, 'options' | 'width' | 'acts' | 'expand'> & {
  readonly all: readonly AlertRow[];
  readonly isNarrow: boolean;
};

function List({ all, isNarrow: leavesOut, options, width, acts, expand }: ListProps) {
  const styles = useStyles2(getStyles);
  const now = useNow((ms) => Math.floor(ms / 10_000) * 10_000);
  if (all.length === 0) {
    return (
      <BoardMessage
        icon="check-circle"
        title={
          leavesOut
            ? t('panel.alerts-board.no-alert-fits-the-query', 'No alert matches the query')
            : t('panel.alerts-board.nothing-is-open', 'Nothing is open')
        }
      />
    );
  }
  const selected = selectRows(all, options, expand);
  const leftOut = describeLeftOut(selected);
  const answer = answerRows(all, now);
  return (
    <>
      {options.showSummary && <Answer look={answer}>{answer.text}</Answer>}
      {selected.rows.length > 0 && <AlertRows rows={selected.rows} {...{ options, width, acts }} />}
      {leftOut !== '' && <p className={styles.note}>{leftOut}</p>}
    </>
  );
}

interface StaleProps {
  readonly failure: Failure;
  readonly at: number | null;
  readonly retry: (() => void) | undefined;
}

/** Above rows that may be old: since when, and why. */
function Stale({ failure: { message, since }, at, retry }: StaleProps) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.stale} role="status">
      <Icon name="exclamation-triangle" aria-hidden />
      <span className={styles.why}>
        {since === null ? (
          t('panel.alerts-board.no-answer', 'No answer: {{message}}', { message })
        ) : (
          <Trans
            i18nKey="panel.alerts-board.no-answer-since"
            defaults="No answer since <time/>: {{message}}"
            values={{ message }}
            components={{ time: <RelativeTime at={since} /> }}
          />
        )}
        {at !== null && (
          <>
            {' '}
            <Trans
              i18nKey="panel.alerts-board.list-of"
              defaults="The list is from <time/>."
              components={{ time: <RelativeTime at={at} /> }}
            />
          </>
        )}
      </span>
      {retry && <RetryButton retry={retry} />}
    </div>
  );
}

const RetryButton = ({ retry }: { retry: () => void }) => (
  <Button size="sm" variant="secondary" icon="sync" onClick={retry}>
    {t('panel.alerts-board.try-again', 'Try again')}
  </Button>
);

const getStyles = (theme: GrafanaTheme2) => ({
  note: css({ margin: 0, color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
  stale: css({ display: 'flex', gap: theme.spacing(1), alignItems: 'center', color: theme.colors.warning.text }),
  why: css({ flex: 1, minWidth: 0, overflowWrap: 'anywhere' }),
});
