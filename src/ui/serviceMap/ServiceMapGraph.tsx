import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { IconButton, useStyles2 } from '@grafana/ui';
import { useCallback, useEffect, useMemo, useRef, useState, type RefObject } from 'react';
import type { Cell } from '../../core/serviceMap/layout/layoutMap.ts';
import { t } from '../../i18n/t.ts';
import { Skeleton } from '../Skeleton.tsx';
import { boundsOf, cornerOf, NODE, type Point } from './geometry.ts';
import { MapEdges } from './MapEdges.tsx';
import { MapNodeBox, type Detail } from './MapNodeBox.tsx';
import type { Chosen, ShownEdge, ShownNode } from './shownMap.ts';
import { useMapLayout } from './useMapLayout.ts';
import { useRevealChosen } from './useRevealChosen.ts';
import { fitView, reveal, useViewport, type Size, type View } from './useViewport.ts';

export interface ServiceMapGraphProps {
  readonly nodes: readonly ShownNode[];
  readonly edges: readonly ShownEdge[];
  /** What is shown, such as the filters: each keeps places of its own. */
  readonly scope: string;
  readonly chosen: Chosen;
  /** Ids of nodes that a search found; undefined when nothing is searched. */
  readonly found?: ReadonlySet<string> | undefined;
  readonly onChoose: (chosen: Chosen) => void;
  /** So much of the window's right side is covered by what tells of the chosen, in px; default 0. */
  readonly covered?: number;
  /** CSS height; default 70vh. */
  readonly height?: string;
}

const STEP = 1.3;
/** Below, figures on the lines run into the nodes. */
const FIGURES_FROM = 0.85;
/** Nothing is written smaller than some 10 px. */
const DETAIL_FROM = { all: 0.8, brief: 0.45, name: 0.22 } as const;
/** All of seven columns fit a page of Grafana beside its menu. */
const READ_FROM = 0.5;
/** So many figures still leave the lines in sight. */
const MOST_FIGURES = 80;

const MOST_WHOLE = 200;
/** So few nodes are shown to be read, even where not all of them fit a phone. */
const MOST_READ = 40;

function describe(nodes: number, edges: number): string {
  return t(
    'ui.service-map-graph.label',
    'Service map: {{nodes}}, {{connections}}. Arrow keys move it, plus and minus zoom.',
    {
      nodes: t('ui.service-map-graph.nodes', '', {
        count: nodes,
        defaultValue_one: '{{count}} node',
        defaultValue_other: '{{count}} nodes',
      }),
      connections: t('ui.service-map-graph.connections', '', {
        count: edges,
        defaultValue_one: '{{count}} connection',
        defaultValue_other: '{{count}} connections',
      }),
    }
  );
}

const detailAt = (zoom: number): Detail =>
  (['all', 'brief', 'name'] as const).find((detail) => zoom >= DETAIL_FROM[detail]) ?? 'dot';

/** Who calls whom, to be looked at, moved and chosen from. Whoever uses no pointer has the list beside it. */
export function ServiceMapGraph(props: ServiceMapGraphProps) {
  const { nodes, edges, scope, chosen, found, onChoose, covered = 0, height = '70vh' } = props;
  const styles = useStyles2(getStyles);
  const ids = useMemo(() => nodes.map(({ id }) => id), [nodes]);
  const { cells, relayout } = useMapLayout({ nodes: ids, edges }, scope);
  const fit = useRef<(leastZoom?: number) => void>(() => undefined);
  const { view, isDragged, setView, zoomBy, frameRef, size, handlers } = useViewport(() => fit.current());
  const [pointed, setPointed] = useState<string | null>(null);

  useFit(fit, { cells, size, setView, scope, isSmall: nodes.length <= MOST_READ });

  const outer = useRevealChosen({ chosen, edges, cells, size, covered, setView });

  const chooseNode = useCallback((node: string) => onChoose({ node }), [onChoose]);
  const chooseEdge = useCallback((edge: string) => onChoose({ edge }), [onChoose]);
  const showNode = useCallback(
    (corner: Point) => setView((now) => reveal(now, { ...corner, ...NODE }, size)),
    [setView, size]
  );
  const focus = useMemo(() => focusOf({ edges, chosen, pointed, found }), [edges, chosen, pointed, found]);
  const detail = detailAt(view.zoom);
  const corners = useMemo(() => cornersOf(cells), [cells]);
  const inSight = nodesInSight(nodes, corners, { view, size });

  return (
    <div ref={outer} className={styles.frame} style={{ height }}>
      <div
        ref={frameRef}
        className={styles.sight}
        role="group"
        aria-label={describe(nodes.length, edges.length)}
        // The frame is what arrow keys move.
        tabIndex={0}
        {...handlers}
      >
        <div
          className={cx(styles.map, isDragged && styles.dragged)}
          style={{ transform: `translate(${view.left}px, ${view.top}px) scale(${view.zoom})` }}
        >
          {cells !== undefined && (
            <MapEdges
              edges={edges}
              cells={cells}
              focus={focus?.edges}
              chosen={chosen !== null && 'edge' in chosen ? chosen.edge : undefined}
              withFigures={view.zoom >= FIGURES_FROM && edges.length <= MOST_FIGURES}
              onChoose={chooseEdge}
            />
          )}
          {inSight.map(({ node, corner }) => (
            <MapNodeBox
              key={node.id}
              node={node}
              corner={corner}
              detail={detail}
              chosen={chosen !== null && 'node' in chosen && chosen.node === node.id}
              dimmed={focus !== undefined && !focus.nodes.has(node.id)}
              onChoose={chooseNode}
              onPoint={setPointed}
              onReach={showNode}
            />
          ))}
        </div>
        {cells === undefined && <Placing />}
      </div>
      <MapTools onZoom={zoomBy} onFit={() => fit.current()} onRelayout={relayout} />
    </div>
  );
}

const Placing = () => (
  <Skeleton label={t('ui.service-map-graph.placing-the-services', 'Placing the services')} height={120} rows={2} />
);

interface FitOptions {
  readonly cells: ReadonlyMap<string, Cell> | undefined;
  readonly size: Size;
  readonly setView: (change: (now: View) => View) => void;
  readonly scope: string;
  /** Few enough nodes to be read all at once. */
  readonly isSmall: boolean;
}

/** Brings the whole map into sight: once there is something to show, and again for other filters; not at each refresh, under the reader's hand. */
function useFit(
  fitRef: RefObject<(leastZoom?: number) => void>,
  { cells, size, setView, scope, isSmall }: FitOptions
): void {
  const bounds = useMemo(() => (cells === undefined ? undefined : boundsOf(cells.values())), [cells]);
  useEffect(() => {
    fitRef.current = (leastZoom) =>
      bounds !== undefined && size.width > 0 && setView(() => fitView(bounds, size, leastZoom));
  });
  const ready = cells !== undefined && size.width > 0;
  useEffect(() => {
    if (ready) {
      fitRef.current(isSmall ? READ_FROM : undefined);
    }
  }, [fitRef, ready, scope, isSmall]);
}

interface MapToolsProps {
  readonly onZoom: (factor: number) => void;
  readonly onFit: () => void;
  readonly onRelayout: () => void;
}

function MapTools({ onZoom, onFit, onRelayout }: MapToolsProps) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.tools}>
      <IconButton
        name="search-plus"
        size="lg"
        tooltip={t('ui.service-map-graph.zoom-in', 'Zoom in')}
        onClick={() => onZoom(STEP)}
      />
      <IconButton
        name="search-minus"
        size="lg"
        tooltip={t('ui.service-map-graph.zoom-out', 'Zoom out')}
        onClick={() => onZoom(1 / STEP)}
      />
      <IconButton
        name="square-shape"
        size="lg"
        tooltip={t('ui.service-map-graph.show-all', 'Show all')}
        onClick={onFit}
      />
      <IconButton
        name="sync"
        size="lg"
        tooltip={t('ui.service-map-graph.arrange-anew', 'Rearrange')}
        onClick={onRelayout}
      />
    </div>
  );
}

interface Focus {
  readonly nodes: ReadonlySet<string>;
  readonly edges: ReadonlySet<string>;
}

type Attention = Pick<ServiceMapGraphProps, 'edges' | 'chosen' | 'found'> & { readonly pointed: string | null };

/** What is pointed at, else chosen, else found, with what it is connected to. */
function focusOf({ edges, chosen, pointed, found }: Attention): Focus | undefined {
  const edge = chosen !== null && 'edge' in chosen ? edges.find(({ id }) => id === chosen.edge) : undefined;
  const node = pointed ?? (chosen !== null && 'node' in chosen ? chosen.node : undefined);
  if (node === undefined && edge !== undefined) {
    return { nodes: new Set([edge.from, edge.to]), edges: new Set([edge.id]) };
  }
  if (node === undefined) {
    return found && { nodes: found, edges: new Set() };
  }
  const touching = edges.filter(({ from, to }) => from === node || to === node);
  return {
    nodes: new Set([node, ...touching.flatMap(({ from, to }) => [from, to])]),
    edges: new Set(touching.map(({ id }) => id)),
  };
}

/** Each the same object from one view to the next: a node that stays where it is on the map is not drawn again. */
const cornersOf = (cells: ReadonlyMap<string, Cell> = new Map()): ReadonlyMap<string, Point> =>
  new Map([...cells].map(([id, cell]) => [id, cornerOf(cell)]));

/** In a large map, what lies outside the frame costs nothing; a small one can be gone through by keyboard as a whole. */
function nodesInSight(
  nodes: readonly ShownNode[],
  corners: ReadonlyMap<string, Point>,
  { view, size }: { readonly view: View; readonly size: Size }
): ReadonlyArray<{ readonly node: ShownNode; readonly corner: Point }> {
  const [left, top] = [(-view.left - 100) / view.zoom - NODE.width, (-view.top - 100) / view.zoom - NODE.height];
  const [right, bottom] = [(size.width - view.left + 100) / view.zoom, (size.height - view.top + 100) / view.zoom];
  const all = size.width === 0 || nodes.length <= MOST_WHOLE;
  return nodes.flatMap((node) => {
    const corner = corners.get(node.id);
    if (corner === undefined) {
      return [];
    }
    const isInside = corner.x >= left && corner.x <= right && corner.y >= top && corner.y <= bottom;
    return isInside || all ? [{ node, corner }] : [];
  });
}

const getStyles = (theme: GrafanaTheme2) => ({
  frame: css({
    position: 'relative',
    minHeight: 320,
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    background: theme.colors.background.canvas,
    overflow: 'hidden',
  }),
  sight: css({
    position: 'absolute',
    inset: 0,
    // Not hidden: the browser would scroll to what has the focus, and the map would lie askew in its frame.
    overflow: 'clip',
    cursor: 'grab',
    touchAction: 'none',
    userSelect: 'none',
    '&:active': { cursor: 'grabbing' },
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: -2 },
  }),
  map: css({ position: 'absolute', left: 0, top: 0, transformOrigin: '0 0' }),
  // Browsers then shift what is drawn, and draw no line anew. Not for good: zoomed, it would stay as coarse as it was.
  dragged: css({ willChange: 'transform' }),
  tools: css({
    position: 'absolute',
    right: theme.spacing(1),
    bottom: theme.spacing(1),
    display: 'flex',
    gap: theme.spacing(0.5),
    padding: theme.spacing(0.5),
    background: theme.colors.background.primary,
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
  }),
});
