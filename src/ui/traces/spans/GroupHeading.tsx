import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Icon, useStyles2 } from '@grafana/ui';
import { formatNanoseconds } from '../../../core/traces/formatNanoseconds.ts';
import type { SpanGroup, SpanGrouping } from '../../../core/traces/spanTable/groupSpans.ts';
import { t } from '../../../i18n/t.ts';
import { countedSpans } from '../words.ts';

interface GroupHeadingProps {
  readonly group: SpanGroup;
  readonly grouping: SpanGrouping | null;
  readonly isOpen: boolean;
}

/** What spans have in common, and what they come to. */
export function GroupHeading({ group, grouping, isOpen }: GroupHeadingProps) {
  const styles = useStyles2(getStyles);
  return (
    <span className={styles.heading}>
      <Icon name={isOpen ? 'angle-down' : 'angle-right'} aria-hidden />
      <span>{titleOf(group, grouping)}</span>
      <span className={styles.figures}>{describeGroup(group)}</span>
      {!isOpen && <span className={styles.spoken}>{t('ui.group-heading.closed', 'closed')}</span>}
    </span>
  );
}

function titleOf({ value }: SpanGroup, grouping: SpanGrouping | null): string {
  if (grouping?.by === 'attribute') {
    return value === null
      ? t('ui.group-heading.without', 'Without {{key}}', { key: grouping.key })
      : `${grouping.key}=${value}`;
  }
  return value ?? '';
}

function describeGroup({ spans, errors, selfNs, criticalNs }: SpanGroup): string {
  const failed =
    errors === 0 ? [] : [t('ui.group-heading.failed', '{{number}} failed', { number: errors.toLocaleString('en-US') })];
  return [
    countedSpans(spans.length),
    ...failed,
    t('ui.group-heading.self', 'self {{time}}', { time: formatNanoseconds(selfNs) }),
    t('ui.group-heading.critical', 'critical {{time}}', { time: formatNanoseconds(criticalNs) }),
  ].join(', ');
}

const getStyles = (theme: GrafanaTheme2) => ({
  spoken: css({ position: 'absolute', width: 1, height: 1, overflow: 'hidden', clipPath: 'inset(50%)' }),
  heading: css({
    display: 'inline-flex',
    alignItems: 'center',
    flexWrap: 'wrap',
    gap: theme.spacing(0, 1),
    whiteSpace: 'normal',
  }),
  figures: css({
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
    fontWeight: theme.typography.fontWeightRegular,
  }),
});
