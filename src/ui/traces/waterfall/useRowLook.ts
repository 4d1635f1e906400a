import { useStyles2, useTheme2 } from '@grafana/ui';
import { useMemo } from 'react';
import { coarseOverhangs } from '../../../core/traces/coarseClocks.ts';
import type { CriticalPath } from '../../../core/traces/criticalPath.ts';
import { findFailures } from '../../../core/traces/rows/failures.ts';
import { indexPath } from '../../../core/traces/rows/pathIndex.ts';
import type { TimeView } from '../../../core/traces/rows/timeView.ts';
import type { Trace } from '../../../core/traces/trace.ts';
import { inkOn, serviceColor } from '../serviceColor.ts';
import type { RowLook } from './rowLook.ts';
import { COMPACT_ROW_HEIGHT, ROW_HEIGHT } from './rowSizes.ts';
import { waterfallStyles } from './waterfallStyles.ts';

export interface RowLookOptions {
  readonly trace: Trace;
  readonly criticalPath: CriticalPath;
  readonly time: TimeView;
  readonly critical: boolean;
  readonly matched: Uint8Array | undefined;
  /** Of the whole waterfall, in px. */
  readonly width: number;
  readonly nameWidth: number;
  readonly compact: boolean;
}

/** What all rows have in common, made anew only where something of it changed. */
export function useRowLook(options: RowLookOptions): RowLook {
  const { trace, criticalPath, time, critical, matched, width, nameWidth, compact } = options;
  const styles = useStyles2(waterfallStyles);
  const theme = useTheme2();
  const ink = useMemo(() => {
    const colors = trace.services.map((service) => serviceColor(theme, service));
    return { colors, inks: colors.map(inkOn) };
  }, [trace, theme]);
  const path = useMemo(() => indexPath(trace, criticalPath), [trace, criticalPath]);
  const failures = useMemo(() => findFailures(trace), [trace]);
  const byClockNs = useMemo(() => coarseOverhangs(trace).byNs, [trace]);
  const pixels = Math.max(100, compact ? width : width - nameWidth);
  return useMemo(
    () => ({
      ...{ trace, path, failures, byClockNs, time, critical, matched, pixels, compact, styles, ...ink },
      rowHeight: compact ? COMPACT_ROW_HEIGHT : ROW_HEIGHT,
    }),
    [trace, path, failures, byClockNs, time, critical, matched, pixels, compact, styles, ink]
  );
}
