import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Cell, LayoutInput } from '../../core/serviceMap/layout/layoutMap.ts';
import { startWorker } from '../startWorker.ts';
import { createLayouter, type Layouter } from './layouter.ts';

/** The code of `layoutWorker.ts` as one script, which both bundlers put in; there is none where no bundler was. */
declare const MAP_LAYOUT_WORKER: string | undefined;

const startOwnWorker = (): Worker | undefined =>
  startWorker(typeof MAP_LAYOUT_WORKER === 'undefined' ? undefined : MAP_LAYOUT_WORKER);

type Cells = ReadonlyMap<string, Cell>;

/** Where nodes stood, by what was shown: coming back to a map finds it as it was left. For as long as the document lives. */
const remembered = new Map<string, Cells>();
const MOST_REMEMBERED = 30;
const NOTHING: Cells = new Map();

function remember(scope: string, cells: Cells): void {
  remembered.delete(scope);
  remembered.set(scope, cells);
  for (const oldest of remembered.keys()) {
    if (remembered.size <= MOST_REMEMBERED) {
      break;
    }
    remembered.delete(oldest);
  }
}

export interface MapLayout {
  /** Undefined until the first is done. */
  readonly cells: Cells | undefined;
  /** Lays all out anew. */
  readonly relayout: () => void;
}

/**
 * Places of the nodes, which stay where they are from one refresh to the next.
 * @param scope what is shown, such as the filters: each has places of its own
 */
export function useMapLayout({ nodes, edges }: LayoutInput, scope: string): MapLayout {
  const layouter = useRef<Layouter>(undefined);
  const [placed, setPlaced] = useState<{ readonly scope: string; readonly cells: Cells }>();
  // The same map comes as a new object with each refresh; but not with each move of it, of which there are many a second.
  const key = useMemo(() => JSON.stringify([nodes, edges.map(({ from, to }) => [from, to])]), [nodes, edges]);
  const input = useMemo(() => readKey(key), [key]);

  useEffect(
    () => () => {
      layouter.current?.close();
      layouter.current = undefined;
    },
    []
  );

  const place = useCallback(
    (known: Cells, isWanted: () => boolean) => {
      layouter.current ??= createLayouter(startOwnWorker);
      void layouter.current.place(input, known).then((cells) => {
        if (isWanted()) {
          remember(scope, cells);
          setPlaced({ scope, cells });
        }
      });
    },
    [input, scope]
  );
  useEffect(() => {
    let wanted = true;
    place(remembered.get(scope) ?? NOTHING, () => wanted);
    return () => {
      wanted = false;
    };
  }, [place, scope]);

  return {
    cells: placed?.scope === scope ? placed.cells : remembered.get(scope),
    relayout: useCallback(() => place(NOTHING, () => true), [place]),
  };
}

function readKey(key: string): LayoutInput {
  const [nodes, edges]: [string[], Array<[string, string]>] = JSON.parse(key);
  return { nodes, edges: edges.map(([from, to]) => ({ from, to })) };
}
