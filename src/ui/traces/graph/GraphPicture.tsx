import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, useStyles2 } from '@grafana/ui';
import { useId, useMemo } from 'react';
import type { GraphEdge, TraceGraph } from '../../../core/traces/graph/traceGraph.ts';
import { t } from '../../../i18n/t.ts';
import { useWidth } from '../../useWidth.ts';
import { EdgeLabel, EdgeShape } from './EdgeShape.tsx';
import { graphGeometry, type GraphGeometry } from './graphGeometry.ts';
import { nameOfNode } from './graphWords.ts';
import { NodeShape } from './NodeShape.tsx';
import { usePanZoom } from './usePanZoom.ts';

interface GraphPictureProps {
  readonly graph: TraceGraph;
  /** In words, for those who do not see it. */
  readonly label: string;
  /** Place of the node that is looked at. */
  readonly chosen: number | null;
  readonly onChoose: (node: number) => void;
}

const NARROW_PX = 600;
const MOST_HEIGHT = 560;
const LEAST_HEIGHT = 220;
const MARGIN = 48;

/** Nodes and calls as a picture. The list below it holds the same for the keyboard. */
export function GraphPicture({ graph, label, chosen, onChoose }: GraphPictureProps) {
  const styles = useStyles2(getStyles);
  const [measure, width] = useWidth<HTMLDivElement>();
  const direction = width > 0 && width <= NARROW_PX ? 'down' : 'right';
  const geometry = useMemo(() => graphGeometry(graph, direction), [graph, direction]);
  const height = heightFor(geometry, width);
  const { ref, pan, zoomIn, zoomOut, fit, wasDragged, handlers } = usePanZoom({
    content: geometry,
    view: { width: Math.max(1, width), height },
  });
  const marker = useId();
  const isQuiet = ({ from, to }: GraphEdge): boolean => chosen !== null && from !== chosen && to !== chosen;
  return (
    <div ref={measure} className={styles.box}>
      <svg
        ref={ref}
        role="img"
        aria-label={label}
        width="100%"
        height={height}
        className={styles.picture}
        {...handlers}
      >
        <defs>
          <marker
            id={marker}
            viewBox="0 0 8 8"
            refX="8"
            refY="4"
            markerUnits="userSpaceOnUse"
            markerWidth="9"
            markerHeight="9"
            orient="auto"
          >
            <path d="M0 0L8 4L0 8z" className={styles.tip} />
          </marker>
        </defs>
        <g transform={`translate(${pan.x} ${pan.y}) scale(${pan.scale})`}>
          {graph.edges.map((edge, at) => (
            <EdgeShape
              key={`${edge.from} ${edge.to}`}
              edge={edge}
              names={[nameAt(graph, edge.from), nameAt(graph, edge.to)]}
              shape={geometry.edges[at]}
              marker={marker}
              isQuiet={isQuiet(edge)}
            />
          ))}
          {graph.edges.map((edge, at) => (
            <EdgeLabel key={`${edge.from} ${edge.to}`} edge={edge} shape={geometry.edges[at]} isQuiet={isQuiet(edge)} />
          ))}
          {graph.nodes.map((node, at) => (
            <NodeShape
              key={at}
              node={node}
              spot={geometry.nodes[at]}
              size={geometry.node}
              isChosen={at === chosen}
              onChoose={() => !wasDragged() && onChoose(at)}
            />
          ))}
        </g>
      </svg>
      <ZoomButtons zoomIn={zoomIn} zoomOut={zoomOut} fit={fit} />
    </div>
  );
}

type Zoom = Pick<ReturnType<typeof usePanZoom>, 'zoomIn' | 'zoomOut' | 'fit'>;

function ZoomButtons({ zoomIn, zoomOut, fit }: Zoom) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.acts}>
      <Button
        size="sm"
        variant="secondary"
        icon="search-plus"
        aria-label={t('ui.graph-picture.zoom-in', 'Zoom in')}
        onClick={zoomIn}
      />
      <Button
        size="sm"
        variant="secondary"
        icon="search-minus"
        aria-label={t('ui.graph-picture.zoom-out', 'Zoom out')}
        onClick={zoomOut}
      />
      <Button size="sm" variant="secondary" onClick={fit}>
        {t('ui.graph-picture.fit', 'Fit')}
      </Button>
    </div>
  );
}

/** As high as the whole needs at the width that there is. */
function heightFor(geometry: GraphGeometry, width: number): number {
  const scale = Math.min(1, Math.max(1, width - MARGIN) / Math.max(1, geometry.width));
  return Math.max(LEAST_HEIGHT, Math.min(MOST_HEIGHT, geometry.height * scale + MARGIN));
}

const nameAt = ({ nodes }: TraceGraph, at: number): string => {
  const node = nodes[at];
  return node === undefined ? '' : nameOfNode(node);
};

const getStyles = (theme: GrafanaTheme2) => ({
  box: css({ position: 'relative', minWidth: 0 }),
  picture: css({
    display: 'block',
    background: theme.colors.background.primary,
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    cursor: 'grab',
    userSelect: 'none',
    // A finger that moves up or down scrolls the page.
    touchAction: 'pan-y',
    '&:active': { cursor: 'grabbing' },
  }),
  tip: css({ fill: theme.colors.text.secondary }),
  acts: css({
    position: 'absolute',
    right: theme.spacing(1),
    top: theme.spacing(1),
    display: 'flex',
    gap: theme.spacing(0.5),
  }),
});
