import { css } from '@emotion/css';
import type { UseQueryResult } from '@tanstack/react-query';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { useEffect, useRef } from 'react';
import { formatSpan } from '../../core/formatSpan.ts';
import { hours } from '../../core/units.ts';
import { t } from '../../i18n/t.ts';
import { Sparkline } from '../../ui/Sparkline.tsx';
import {
  coveredSpan,
  firedByService,
  firedCount,
  firedWords,
  missingDataWords,
  TABLE_RANGE,
  type Preview,
} from './firedWords.ts';

export interface FiredCellProps {
  readonly isDefault: boolean;
  readonly preview: UseQueryResult<Preview> | undefined;
  /** The row came into view: its preview is worth asking for. */
  readonly onSeen: () => void;
}

/** How often a threshold would have fired, asked for when its row is first seen. */
export function FiredCell({ isDefault, preview, onSeen }: FiredCellProps) {
  const styles = useStyles2(getStyles);
  const cell = useRef<HTMLSpanElement>(null);
  const seen = useRef(onSeen);
  useEffect(() => {
    seen.current = onSeen;
  });
  useEffect(() => {
    if (cell.current === null) {
      return undefined;
    }
    const observer = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) {
        observer.disconnect();
        seen.current();
      }
    });
    observer.observe(cell.current);
    return () => observer.disconnect();
  }, []);
  return (
    <span ref={cell} className={styles.cell}>
      <FiredText isDefault={isDefault} preview={preview} />
    </span>
  );
}

const HOUR = hours(1);

/** Whole hours, where there is one: the exact time is in the words on hover. */
const coarseSpan = (ms: number): string => formatSpan(ms >= HOUR ? Math.floor(ms / HOUR) * HOUR : ms);

const whyUnknown = (preview: FiredCellProps['preview']): string | undefined =>
  preview?.error?.message ?? preview?.data?.note;

function FiredText({ isDefault, preview }: Omit<FiredCellProps, 'onSeen'>) {
  const styles = useStyles2(getStyles);
  const unknown = whyUnknown(preview);
  if (unknown !== undefined) {
    return (
      <span className={styles.quiet} title={unknown}>
        {t('thresholds.fired-cell.not-known', 'not known')}
      </span>
    );
  }
  if (preview?.data === undefined) {
    return <span className={styles.quiet}>…</span>;
  }
  const { data } = preview;
  const missing = missingDataWords(data, TABLE_RANGE);
  const [first] = data.series;
  if (data.dataFrom === null) {
    return (
      <span className={styles.quiet} title={missing}>
        {t('thresholds.fired-cell.no-data', 'no data')}
      </span>
    );
  }
  return (
    <>
      <span className={firedCount(data.levels) === 0 ? styles.quiet : styles.count} title={firedWords(data.levels)}>
        {isDefault ? firedByService(data) : `${firedCount(data.levels)}×`}
        {missing !== undefined && (
          <span title={missing}>
            {t('thresholds.fired-cell.in', ' in {{span}}', { span: coarseSpan(coveredSpan(data, TABLE_RANGE)) })}
          </span>
        )}
      </span>
      {!isDefault && first !== undefined && <Sparkline trend={first} />}
    </>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  cell: css({ display: 'inline-flex', gap: theme.spacing(1), alignItems: 'center', minHeight: 20 }),
  count: css({ fontVariantNumeric: 'tabular-nums' }),
  quiet: css({ color: theme.colors.text.secondary, fontVariantNumeric: 'tabular-nums' }),
});
