import { css } from '@emotion/css';
import { FieldType, getFieldDisplayName, getFieldSeriesColor, type DataFrame, type GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';

/** Which line is whose. Grafana's own has buttons, which do nothing here and are all called the same since 13.2. */
export function ChartLegend({ frames }: { frames: readonly DataFrame[] }) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  return (
    <ul className={styles.list}>
      {frames.flatMap((frame, index) =>
        frame.fields
          .filter(({ type }) => type === FieldType.number)
          .map((field) => (
            <li key={index} className={styles.item}>
              <span className={styles.line} style={{ background: getFieldSeriesColor(field, theme).color }} />
              {getFieldDisplayName(field, frame)}
            </li>
          ))
      )}
    </ul>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({
    listStyle: 'none',
    display: 'flex',
    flexWrap: 'wrap',
    columnGap: theme.spacing(2),
    fontSize: theme.typography.bodySmall.fontSize,
  }),
  item: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(1), overflowWrap: 'anywhere' }),
  line: css({ width: 14, height: 4, borderRadius: 2, flexShrink: 0 }),
});
