import { formatNanoseconds } from '../../../core/traces/formatNanoseconds.ts';
import { shareOf, ticksOf, type TimeView } from '../../../core/traces/rows/timeView.ts';
import { t } from '../../../i18n/t.ts';
import type { WaterfallStyles } from './waterfallStyles.ts';

export interface RulerProps {
  readonly time: TimeView;
  /** Of the timeline, in px. */
  readonly pixels: number;
  readonly styles: WaterfallStyles;
}

const TICK_PX = 90;
const MOST_SHARE = 0.93;

/** Times after the start of the trace, over the bars. */
export function Ruler({ time, pixels, styles }: RulerProps) {
  return (
    <div className={styles.ruler} role="columnheader" aria-label={t('ui.ruler.time', 'Time')}>
      {ticksOf(time, Math.max(2, Math.floor(pixels / TICK_PX))).map((at) => {
        const share = shareOf(time, at);
        // The last one would be cut off.
        return share > MOST_SHARE ? null : (
          <span key={at} className={styles.tick} style={{ left: `${share * 100}%` }}>
            {formatNanoseconds(at)}
          </span>
        );
      })}
    </div>
  );
}
