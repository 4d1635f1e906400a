import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import { memo, useId, useMemo } from 'react';
import type { Cell } from '../../core/serviceMap/layout/layoutMap.ts';
import { nameOfNode } from '../../core/serviceMap/serviceMap.ts';
import { toneColor, type Tone } from '../tone.ts';
import { columnsOf, curveBetween, type Curve } from './geometry.ts';
import { changeLines, edgeTone, edgeWidth, figuresLines } from './mapLook.ts';
import type { ShownEdge } from './shownMap.ts';

export interface MapEdgesProps {
  readonly edges: readonly ShownEdge[];
  readonly cells: ReadonlyMap<string, Cell>;
  /** Edges in focus; the others step back. Undefined when nothing is. */
  readonly focus: ReadonlySet<string> | undefined;
  readonly chosen: string | undefined;
  /** There is room for figures on every line. */
  readonly withFigures: boolean;
  readonly onChoose: (id: string) => void;
}

/** More lines than this are drawn as one for each look: nobody could point at one of them. */
const MOST_SINGLE = 600;
const LINE_HEIGHT = 14;
const TONES: readonly Tone[] = ['quiet', 'info', 'warning', 'error'];

interface Drawn extends Curve {
  readonly edge: ShownEdge;
  readonly tone: Tone;
}

/** The calls, as lines below the nodes. */
export const MapEdges = memo(function MapEdges(props: MapEdgesProps) {
  const { edges, cells, focus } = props;
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const id = useId().replaceAll(':', '');
  const drawn = useMemo(() => {
    const columns = edges.length <= MOST_SINGLE ? columnsOf(cells.values()) : undefined;
    return edges.flatMap((edge): Drawn[] => {
      const [from, to] = [cells.get(edge.from), cells.get(edge.to)];
      return from === undefined || to === undefined
        ? []
        : [{ edge, tone: edgeTone(edge), ...curveBetween(from, to, columns) }];
    });
  }, [edges, cells]);
  const single = drawn.length <= MOST_SINGLE ? drawn : drawn.filter(({ edge }) => focus?.has(edge.id));
  return (
    <svg className={styles.lines} aria-hidden="true">
      <defs>
        {TONES.map((tone) => (
          <marker
            key={tone}
            id={`${id}-${tone}`}
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="9"
            markerHeight="9"
            markerUnits="userSpaceOnUse"
            orient="auto-start-reverse"
          >
            <path d="M0,0L8,4L0,8z" fill={lineColor(theme, tone)} />
          </marker>
        ))}
      </defs>
      {drawn.length > MOST_SINGLE && <Batches drawn={drawn} dimmed={focus !== undefined} />}
      {single.map((one) => (
        <Line key={one.edge.id} {...props} one={one} marker={`url(#${id}-${one.tone})`} />
      ))}
    </svg>
  );
});

function Batches({ drawn, dimmed }: { readonly drawn: readonly Drawn[]; readonly dimmed: boolean }) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  return (
    <>
      {TONES.map((tone) => (
        <path
          key={tone}
          d={drawn.map((one) => (one.tone === tone ? one.path : '')).join('')}
          className={cx(styles.line, dimmed && styles.dimmed)}
          stroke={lineColor(theme, tone)}
          strokeWidth={tone === 'quiet' ? 1 : 2}
        />
      ))}
    </>
  );
}

type LineProps = MapEdgesProps & { readonly one: Drawn; readonly marker: string };

const isGone = ({ changes }: ShownEdge): boolean => changes.some(({ kind }) => kind === 'gone');

/** What changed, then all figures where there is room for them. */
const linesOf = (edge: ShownEdge, withAll: boolean): readonly string[] => [
  ...changeLines(edge),
  ...(withAll && !isGone(edge) ? figuresLines(edge.figures) : []),
];

function Line({ one, marker, focus, chosen, withFigures, onChoose }: LineProps) {
  const { edge, tone, path } = one;
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const inFocus = focus?.has(edge.id) === true;
  const steppedBack = focus !== undefined && !inFocus;
  const withAll = inFocus || (withFigures && !steppedBack);
  return (
    <g className={cx(steppedBack && styles.dimmed)} data-edge={edge.id}>
      <path
        d={path}
        className={cx(styles.line, isGone(edge) && styles.gone)}
        stroke={chosen === edge.id ? theme.colors.primary.border : lineColor(theme, tone)}
        strokeWidth={edgeWidth(edge.figures) + (inFocus ? 1 : 0)}
        markerEnd={marker}
      />
      <LineWords one={one} withAll={withAll} />
      <path d={path} className={styles.target} onClick={() => onChoose(edge.id)}>
        <title>{`${nameOfNode(edge.from)} → ${nameOfNode(edge.to)}: ${linesOf(edge, true).join(' · ')}`}</title>
      </path>
    </g>
  );
}

function LineWords({ one: { edge, tone, middle }, withAll }: { readonly one: Drawn; readonly withAll: boolean }) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const lines = linesOf(edge, withAll);
  return (
    <text className={styles.text} fill={toneColor(theme, tone)}>
      {lines.map((line, index) => (
        <tspan key={line} x={middle.x} y={middle.y + (index - (lines.length - 1) / 2) * LINE_HEIGHT}>
          {line}
        </tspan>
      ))}
    </text>
  );
}

const lineColor = (theme: GrafanaTheme2, tone: Tone): string =>
  tone === 'quiet' ? theme.colors.border.strong : toneColor(theme, tone);

const getStyles = (theme: GrafanaTheme2) => ({
  lines: css({ position: 'absolute', left: 0, top: 0, width: 1, height: 1, overflow: 'visible' }),
  line: css({ fill: 'none', pointerEvents: 'none' }),
  gone: css({ strokeDasharray: '6 5' }),
  dimmed: css({ opacity: 0.15 }),
  target: css({ fill: 'none', stroke: 'transparent', strokeWidth: 14, pointerEvents: 'stroke', cursor: 'pointer' }),
  text: css({
    fontSize: 11,
    fontVariantNumeric: 'tabular-nums',
    textAnchor: 'middle',
    dominantBaseline: 'central',
    paintOrder: 'stroke',
    stroke: theme.colors.background.canvas,
    strokeWidth: 5,
    strokeLinejoin: 'round',
    pointerEvents: 'none',
  }),
});
