import { css } from '@emotion/css';
import { TimeRangeInput, useStyles2 } from '@grafana/ui';
import type { ComponentPropsWithoutRef } from 'react';
import { useDisplay } from './display.ts';

type RangeFieldProps = Pick<ComponentPropsWithoutRef<typeof TimeRangeInput>, 'value' | 'onChange'>;

/** Chooses a time range, in the zone of the reader. A text that is longer than its place ends in dots: Grafana's runs out of the screen. */
export function RangeField(props: RangeFieldProps) {
  const styles = useStyles2(getStyles);
  const { timeZone } = useDisplay();
  return (
    <div className={styles.range}>
      <TimeRangeInput {...props} timeZone={timeZone} />
    </div>
  );
}

const getStyles = () => ({
  range: css({
    minWidth: 0,
    '& button': { minWidth: 0 },
    '& button > span:not(:last-child)': {
      minWidth: 0,
      overflow: 'hidden',
      textOverflow: 'ellipsis',
      whiteSpace: 'nowrap',
    },
  }),
});
