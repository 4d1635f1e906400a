import { css } from '@emotion/css';
import type { GrafanaTheme2, IconName } from '@grafana/data';
import { Button, Icon, useStyles2 } from '@grafana/ui';
import type { NoticeCode, TraceNotice } from '../../core/traces/trace.ts';
import { t } from '../../i18n/t.ts';

export interface TraceNoticesProps {
  readonly notices: readonly TraceNotice[];
  readonly onSelect: (spanId: string) => void;
}

const WORDS: Readonly<Record<NoticeCode, readonly [icon: IconName, word: () => string]>> = {
  truncated: ['exclamation-triangle', () => t('ui.trace-notices.truncated', 'Cut short')],
  missing_parent: ['question-circle', () => t('ui.trace-notices.missing-parent', 'Missing parents')],
  several_roots: ['sitemap', () => t('ui.trace-notices.several-roots', 'Several roots')],
  cycle: ['sync', () => t('ui.trace-notices.cycle', 'Circular parents')],
  duplicate_id: ['copy', () => t('ui.trace-notices.duplicate-id', 'Duplicate ids')],
  no_end: ['hourglass', () => t('ui.trace-notices.no-end', 'No end time')],
  ends_before_start: ['history', () => t('ui.trace-notices.ends-before-start', 'Ending before they start')],
  bad_id: ['info-circle', () => t('ui.trace-notices.bad-id', 'Malformed ids')],
  time_precision: ['clock-nine', () => t('ui.trace-notices.time-precision', 'Coarse timestamps')],
  clock_skew: ['clock-nine', () => t('ui.trace-notices.clock-skew', 'Clocks adjusted')],
  unusable: ['exclamation-triangle', () => t('ui.trace-notices.unusable', 'Left out')],
};

/** What a reader must know before trusting a figure: always there, told in full on demand. */
export function TraceNotices({ notices, onSelect }: TraceNoticesProps) {
  const styles = useStyles2(getStyles);
  if (notices.length === 0) {
    return null;
  }
  return (
    <ul className={styles.list} aria-label={t('ui.trace-notices.notes', 'Notes about this trace')}>
      {notices.map((notice, index) => (
        <li key={index}>
          <Notice notice={notice} onSelect={onSelect} />
        </li>
      ))}
    </ul>
  );
}

function Notice({
  notice: { code, message, count, spanIds },
  onSelect,
}: Omit<TraceNoticesProps, 'notices'> & { notice: TraceNotice }) {
  const styles = useStyles2(getStyles);
  const [icon, word] = WORDS[code];
  return (
    <details className={styles.notice}>
      <summary>
        <Icon name={icon} size="sm" aria-hidden /> {word()}
        {count > 1 ? ` (${count})` : ''}
      </summary>
      <p className={styles.words}>{message}</p>
      {spanIds.length > 0 && (
        <div className={styles.spans}>
          {spanIds.map((id, index) => (
            <Button key={index} size="sm" variant="secondary" fill="text" onClick={() => onSelect(id)}>
              {id}
            </Button>
          ))}
          {count > spanIds.length && (
            <span>{t('ui.trace-notices.and-more', 'and {{number}} more', { number: count - spanIds.length })}</span>
          )}
        </div>
      )}
    </details>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.5, 1),
    listStyle: 'none',
    alignItems: 'flex-start',
  }),
  notice: css({
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    background: theme.colors.background.secondary,
    padding: theme.spacing(0, 1),
    fontSize: theme.typography.bodySmall.fontSize,
    maxWidth: '80ch',
    '& summary': { cursor: 'pointer', lineHeight: '24px' },
  }),
  words: css({ margin: 0, padding: theme.spacing(0.5, 0) }),
  spans: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', paddingBottom: theme.spacing(0.5) }),
});
