import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { GraphEdge } from '../../../core/traces/graph/traceGraph.ts';
import type { GraphGeometry } from './graphGeometry.ts';
import { describeEdge, labelOfEdge } from './graphWords.ts';

interface EdgeShapeProps {
  readonly edge: GraphEdge;
  readonly names: readonly [from: string, to: string];
  readonly shape: GraphGeometry['edges'][number] | undefined;
  /** Id of the arrow's head. */
  readonly marker: string;
  /** Something else is looked at. */
  readonly isQuiet: boolean;
}

const MOST_PX = 5;

/** Calls from one node to another: thicker the more there are, dashed where a link only ties them. */
export function EdgeShape({ edge, names: [from, to], shape, marker, isQuiet }: EdgeShapeProps) {
  const styles = useStyles2(getStyles);
  if (shape === undefined) {
    return null;
  }
  const { calls, errors, linked } = edge;
  return (
    <g className={cx(isQuiet && styles.quiet)}>
      <title>{describeEdge(edge, from, to)}</title>
      <path d={shape.path} className={styles.reach} />
      <path
        d={shape.path}
        className={cx(styles.line, errors > 0 && styles.failed)}
        strokeWidth={Math.min(MOST_PX, 1.25 + Math.log10(calls))}
        markerEnd={`url(#${marker})`}
        {...(linked === calls ? { strokeDasharray: '5 4' } : {})}
      />
    </g>
  );
}

/** How many calls took how long; drawn over all lines. */
export function EdgeLabel({ edge, shape, isQuiet }: Pick<EdgeShapeProps, 'edge' | 'shape' | 'isQuiet'>) {
  const styles = useStyles2(getStyles);
  return shape === undefined ? null : (
    <text x={shape.label.x} y={shape.label.y - 4} className={cx(styles.text, isQuiet && styles.quiet)}>
      {labelOfEdge(edge)}
      {edge.errors > 0 && <tspan className={styles.word}>{` ✕ ${edge.errors.toLocaleString('en-US')}`}</tspan>}
    </text>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  quiet: css({ opacity: 0.3 }),
  line: css({ fill: 'none', stroke: theme.colors.text.secondary }),
  failed: css({ stroke: theme.colors.error.text }),
  // So near the pointer may be.
  reach: css({ fill: 'none', stroke: 'transparent', strokeWidth: 12 }),
  text: css({
    fill: theme.colors.text.primary,
    fontSize: 11,
    textAnchor: 'middle',
    fontVariantNumeric: 'tabular-nums',
    // Words stay legible where they cross a line.
    paintOrder: 'stroke',
    stroke: theme.colors.background.primary,
    strokeWidth: 3,
  }),
  word: css({ fill: theme.colors.error.text }),
});
