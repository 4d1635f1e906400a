import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { useState } from 'react';
import { getLinkedTraces, type LinkedTraceView } from '../../api/traceAnalysis.ts';
import { formatNanoseconds } from '../../core/traces/formatNanoseconds.ts';
import { linkedAxis, ranIn, waitedIn, type LinkedStretch } from '../../core/traces/links/linkedAxis.ts';
import type { Trace } from '../../core/traces/trace.ts';
import { epochMs } from '../../core/units.ts';
import { AppLink } from '../../host/AppLink.tsx';
import { useOperation } from '../../host/useOperation.ts';
import { t } from '../../i18n/t.ts';
import { Trans } from '../../i18n/Trans.ts';
import { LoadState } from '../../ui/LoadState.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { countedSpans } from '../../ui/traces/words.ts';
import { LinkedLane, LinkedRuler } from './LinkedLane.tsx';

/** What sent this trace its work, and what it set off: asked for when somebody opens it. Any trace may be linked to by another. */
export function LinkedTraces({ trace }: { trace: Trace }) {
  const styles = useStyles2(getStyles);
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details className={styles.fold} onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
      <summary>{t('trace.linked-traces.linked-traces', 'Linked traces')}</summary>
      {isOpen && <Linked trace={trace} />}
    </details>
  );
}

function Linked({ trace }: { trace: Trace }) {
  const styles = useStyles2(getStyles);
  const from = Number(trace.epochNs / 1_000_000n);
  const to = from + Math.ceil(trace.durationNs / 1e6);
  const asked = { traceId: trace.traceId, from: epochMs(from), to: epochMs(to) };
  const query = useOperation(getLinkedTraces, asked, { isLasting: true });
  const { data } = query;
  if (data === undefined) {
    return (
      <LoadState
        what={t('trace.linked-traces.the-linked-traces', 'The linked traces')}
        query={query}
        height={24}
        rows={2}
      />
    );
  }
  const axis = linkedAxis(trace.durationNs, data.items);
  const upstream = data.items.filter(({ direction }) => direction === 'upstream');
  const downstream = data.items.filter(({ direction }) => direction === 'downstream');
  return (
    <>
      {data.problem !== null && <p className={styles.words}>{data.problem}</p>}
      {data.items.length === 0 ? (
        <p className={styles.words}>{t('trace.linked-traces.no-trace-is-tied', 'No trace is linked to this one.')}</p>
      ) : (
        <div className={styles.sides}>
          <LinkedRuler axis={axis} />
          <Side title={t('trace.linked-traces.before-it', 'Before it')} items={upstream} axis={axis} />
          <div role="group" aria-label={t('trace.linked-traces.this-trace', 'This trace')} className={styles.row}>
            <span>
              <span className={styles.title}>{t('trace.linked-traces.this-trace', 'This trace')}</span>{' '}
              <span className={styles.words}>
                {t('trace.linked-traces.took-time', 'took {{time}}', { time: formatNanoseconds(trace.durationNs) })}
              </span>
            </span>
            <LinkedLane axis={axis} ran={{ fromNs: 0, toNs: trace.durationNs }} isOwn />
          </div>
          <Side title={t('trace.linked-traces.set-off', 'Triggered by it')} items={downstream} axis={axis} />
        </div>
      )}
      {data.more && <p className={styles.words}>{t('trace.linked-traces.more', 'There are more links than these.')}</p>}
    </>
  );
}

interface SideProps {
  readonly title: string;
  readonly items: readonly LinkedTraceView[];
  readonly axis: LinkedStretch;
}

function Side({ title, items, axis }: SideProps) {
  const styles = useStyles2(getStyles);
  return (
    <div role="group" aria-label={title}>
      <h3 className={styles.title}>{title}</h3>
      {items.length === 0 && <span className={styles.words}>{t('trace.linked-traces.none', 'None')}</span>}
      <ul className={styles.list}>
        {items.map((item, index) => (
          <li key={index} className={styles.row}>
            <div>
              <LinkedTrace item={item} />
            </div>
            <LinkedLane axis={axis} ran={ranIn(item)} waited={waitedIn(item)} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function LinkedTrace({ item }: { item: LinkedTraceView }) {
  const styles = useStyles2(getStyles);
  const { traceId, trace, queueWaitNs, unread } = item;
  return (
    <>
      <AppLink to={placeOf(item)} className={styles.link}>
        {nameOf(item)}
      </AppLink>
      <span className={styles.words}>
        {queueWaitNs !== null &&
          t('trace.linked-traces.waited', 'waited {{time}} in the queue, ', { time: formatNanoseconds(queueWaitNs) })}
        {trace === null ? (
          t('trace.linked-traces.not-read', 'trace {{id}} could not be read: {{why}}', {
            id: traceId.slice(0, 8),
            why: unread ?? '',
          })
        ) : (
          <Figures trace={trace} />
        )}
      </span>
    </>
  );
}

const otherEnd = ({ direction, producer, consumer }: LinkedTraceView) =>
  direction === 'upstream' ? producer : consumer;

function placeOf(item: LinkedTraceView): string {
  const end = otherEnd(item);
  const span = end === null ? '' : `?${new URLSearchParams({ span: end.spanId }).toString()}`;
  return `/traces/${encodeURIComponent(item.traceId)}${span}`;
}

function nameOf(item: LinkedTraceView): string {
  const end = otherEnd(item);
  if (end !== null) {
    return `${end.service}: ${end.operation}`;
  }
  return item.trace === null
    ? t('trace.linked-traces.trace', 'Trace {{id}}', { id: item.traceId })
    : `${item.trace.rootService}: ${item.trace.rootName}`;
}

function Figures({ trace }: { trace: NonNullable<LinkedTraceView['trace']> }) {
  const { durationNs, spans, errors, startedAt } = trace;
  const values = { time: formatNanoseconds(durationNs), spans: countedSpans(spans), errors };
  const components = { at: <RelativeTime at={startedAt} /> };
  return errors > 0 ? (
    <Trans
      i18nKey="trace.linked-traces.took-failed"
      defaults="took {{time}}, {{spans}}, {{errors}} failed, <at/>"
      values={values}
      components={components}
    />
  ) : (
    <Trans
      i18nKey="trace.linked-traces.took"
      defaults="took {{time}}, {{spans}}, <at/>"
      values={values}
      components={components}
    />
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  fold: css({ '& summary': { cursor: 'pointer', fontWeight: theme.typography.fontWeightMedium } }),
  sides: css({ display: 'grid', gap: theme.spacing(1), padding: theme.spacing(0.5, 0) }),
  row: css({
    display: 'grid',
    gridTemplateColumns: 'minmax(240px, 2fr) minmax(0, 3fr)',
    gap: theme.spacing(0.25, 2),
    alignItems: 'center',
    overflowWrap: 'anywhere',
    [theme.breakpoints.down('md')]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  }),
  title: css({ margin: 0, fontSize: theme.typography.body.fontSize, color: theme.colors.text.secondary }),
  list: css({ listStyle: 'none', display: 'grid', gap: theme.spacing(0.5) }),
  words: css({ margin: 0, color: theme.colors.text.secondary }),
  link: css({
    color: theme.colors.text.link,
    marginRight: theme.spacing(1),
    '&:hover': { textDecoration: 'underline' },
  }),
});
