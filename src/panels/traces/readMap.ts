import type { DataFrame } from '@grafana/data';
import type { Severity } from '../../core/alerts/severity.ts';
import { CHANGE_KINDS } from '../../core/serviceMap/diffServiceMaps.ts';
import { NODE_KINDS, type NodeKind } from '../../core/serviceMap/serviceMap.ts';
import { HEALTH_STATES } from '../../core/services/service.ts';
import type { ShownEdge, ShownFigures, ShownNode } from '../../ui/serviceMap/shownMap.ts';

const has = (frame: DataFrame, name: string): boolean => frame.fields.some((field) => field.name === name);
// Other data sources mean other things by the same columns: only ours say how many calls were counted.
const isNodes = (frame: DataFrame): boolean => has(frame, 'title') && has(frame, 'detail__calls');
const isEdges = (frame: DataFrame): boolean =>
  has(frame, 'source') && has(frame, 'target') && has(frame, 'detail__calls');

/** The two frames of a service map of Pharos. */
export const isMapFrames = (frames: readonly DataFrame[]): boolean => frames.some(isNodes) && frames.some(isEdges);

export function readMap(frames: readonly DataFrame[]): {
  readonly nodes: readonly ShownNode[];
  readonly edges: readonly ShownEdge[];
} {
  const nodes = frames.filter(isNodes).flatMap((frame) => rows(frame, nodeOf));
  const edges = frames.filter(isEdges).flatMap((frame) => rows(frame, edgeOf));
  const ids = new Set(nodes.map(({ id }) => id));
  return { nodes, edges: edges.filter(({ from, to }) => ids.has(from) && ids.has(to)) };
}

function nodeOf({ text, number }: Row): ShownNode {
  const state = HEALTH_STATES.find((one) => one === text('detail__state')) ?? 'unknown';
  const why = text('detail__health');
  const count = (severity: Severity): number => number(`detail__${severity}`) ?? 0;
  return {
    ...{ id: text('id'), name: text('title') || text('id'), namespace: '', gone: text('detail__gone') !== '' },
    changes: changesOf(text),
    kind: kindOf(text('subtitle')),
    received: number('detail__calls') === null ? null : figuresOf(number, 'arc__failed'),
    health: { state, why: why === '' || why === state ? null : why },
    alerts: { info: count('info'), warning: count('warning'), error: count('error'), critical: count('critical') },
  };
}

const edgeOf = ({ text, number }: Row): ShownEdge => ({
  ...{ id: text('id'), from: text('source'), to: text('target'), kind: 'call', before: null, changes: changesOf(text) },
  figures: figuresOf(number, 'detail__errors'),
});

function figuresOf(number: Row['number'], errors: string): ShownFigures {
  const calls = number('detail__calls') ?? 0;
  const errorRatio = number(errors);
  return {
    ...{ calls, errorRatio, failed: calls * (errorRatio ?? 0) },
    ...{ rate: number('mainstat'), p95: number('secondarystat') },
  };
}

/** How sure each is, only the page says. */
const changesOf = (text: Row['text']): ShownNode['changes'] =>
  CHANGE_KINDS.filter((kind) => text('detail__changes').split(', ').includes(kind.replace('_', ' '))).map((kind) => ({
    kind,
    p: 0,
  }));

const kindOf = (text: string): NodeKind => NODE_KINDS.find((kind) => kind === text) ?? 'service';

interface Row {
  readonly text: (name: string) => string;
  readonly number: (name: string) => number | null;
}

function rows<T>(frame: DataFrame, read: (row: Row) => T): T[] {
  const columns = new Map(frame.fields.map(({ name, values }) => [name, values]));
  return Array.from({ length: frame.length }, (_, row) =>
    read({
      text: (name) => String(columns.get(name)?.[row] ?? ''),
      number: (name) => {
        const value: unknown = columns.get(name)?.[row];
        return typeof value === 'number' && Number.isFinite(value) ? value : null;
      },
    })
  );
}
