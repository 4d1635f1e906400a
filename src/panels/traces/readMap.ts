import type { DataFrame } from '@grafana/data';
import { NODE_KINDS, type NodeKind } from '../../core/serviceMap/serviceMap.ts';
import { HEALTH_STATES } from '../../core/services/service.ts';
import type { ShownEdge, ShownFigures, ShownNode } from '../../ui/serviceMap/shownMap.ts';

const has = (frame: DataFrame, name: string): boolean => frame.fields.some((field) => field.name === name);
const isNodes = (frame: DataFrame): boolean => has(frame, 'id') && !has(frame, 'source') && !has(frame, 'spanID');
const isEdges = (frame: DataFrame): boolean => has(frame, 'source') && has(frame, 'target');

/** The two frames that Grafana's node graph takes, whichever data source they came from. */
export const isMapFrames = (frames: readonly DataFrame[]): boolean => frames.some(isNodes) && frames.some(isEdges);

const NO_ALERTS = { info: 0, warning: 0, error: 0, critical: 0 };

/** A share of failures from which on a service counts as hurting, where nothing else is said of it. */
const HURTING = 0.01;

export function readMap(frames: readonly DataFrame[]): {
  readonly nodes: readonly ShownNode[];
  readonly edges: readonly ShownEdge[];
} {
  const ids = new Set<string>();
  const nodes = frames.filter(isNodes).flatMap((frame) =>
    rows(frame, (text, number) => {
      ids.add(text('id'));
      const failed = number('arc__failed') ?? 0;
      const why = text('detail__health');
      return {
        ...{ id: text('id'), name: text('title') || text('id'), namespace: '', gone: false },
        kind: kindOf(text('subtitle')),
        received: figuresOf(number('mainstat'), failed, number('secondarystat')),
        health: healthOf(why, failed),
        alerts: { ...NO_ALERTS, warning: number('detail__alerts') ?? 0 },
      };
    })
  );
  const edges = frames.filter(isEdges).flatMap((frame) =>
    rows(frame, (text, number) => ({
      ...{ id: text('id'), from: text('source'), to: text('target'), kind: 'call' as const, before: null, changes: [] },
      figures: figuresOf(number('mainstat'), number('detail__errors') ?? 0, number('secondarystat')),
    }))
  );
  return { nodes, edges: edges.filter(({ from, to }) => ids.has(from) && ids.has(to)) };
}

/** Ours say the state, or in a sentence what is wrong; others say nothing. */
function healthOf(said: string, failed: number): ShownNode['health'] {
  const state = HEALTH_STATES.find((one) => one === said);
  if (state !== undefined || said === '') {
    return { state: state ?? (failed > HURTING ? 'degraded' : 'healthy'), why: null };
  }
  return { state: 'degraded', why: said };
}

const kindOf = (text: string): NodeKind => NODE_KINDS.find((kind) => kind === text) ?? 'service';

const figuresOf = (rate: number | null, errorRatio: number, p95: number | null): ShownFigures => ({
  ...{ calls: 0, failed: 0, rate, errorRatio, p95 },
});

type Text = (name: string) => string;
type Numeric = (name: string) => number | null;

function rows<T>(frame: DataFrame, read: (text: Text, number: Numeric) => T): T[] {
  const columns = new Map(frame.fields.map(({ name, values }) => [name, values]));
  return Array.from({ length: frame.length }, (_, row) =>
    read(
      (name) => String(columns.get(name)?.[row] ?? ''),
      (name) => {
        const value: unknown = columns.get(name)?.[row];
        return typeof value === 'number' && Number.isFinite(value) ? value : null;
      }
    )
  );
}
