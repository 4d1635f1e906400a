import { useTheme2 } from '@grafana/ui';
import { sparklinePath, type Trend } from './sparklinePath.ts';
import { toneColor, type Tone } from './tone.ts';

export interface SparklineProps {
  readonly trend: Trend;
  readonly tone?: Tone;
  readonly width?: number;
  readonly height?: number;
  /** The line fills the height from this value on; below, it stays as low as it is. Default: it always fills it. */
  readonly leastTop?: number | undefined;
}

/** A trend the size of a word. The figure beside it says what it is; this only shows which way it goes. */
export function Sparkline({ trend, tone = 'quiet', width = 64, height = 18, leastTop }: SparklineProps) {
  const theme = useTheme2();
  return (
    <svg width={width} height={height + 2} viewBox={`0 -1 ${width} ${height + 2}`} aria-hidden="true" focusable="false">
      <path
        d={sparklinePath(trend, { width, height, leastTop })}
        fill="none"
        stroke={toneColor(theme, tone)}
        strokeWidth={1.25}
        strokeLinejoin="round"
      />
    </svg>
  );
}
