import { useEffect, useRef, type RefObject } from 'react';
import type { Cell } from '../../core/serviceMap/layout/layoutMap.ts';
import { boundsOf, NODE, type Box } from './geometry.ts';
import type { Chosen, ShownEdge } from './shownMap.ts';
import { backFrom, revealForNow, type Size, type View } from './useViewport.ts';

export interface RevealOptions {
  readonly chosen: Chosen;
  readonly edges: readonly ShownEdge[];
  readonly cells: ReadonlyMap<string, Cell> | undefined;
  readonly size: Size;
  /** So much of the window's right side is covered, in px. */
  readonly covered: number;
  readonly setView: (change: (view: View) => View) => void;
}

/**
 * Moves the map so that what is chosen lies beside what covers its right side: when it is chosen, not under the reader's hand later on.
 * When nothing is any more, it moves back, unless the reader has moved it.
 * @returns for the frame of the map
 */
export function useRevealChosen(options: RevealOptions): RefObject<HTMLDivElement | null> {
  const frame = useRef<HTMLDivElement>(null);
  const { chosen, cells, size } = options;
  const key = JSON.stringify(chosen);
  const isReady = cells !== undefined && size.width > 0;
  useEffect(() => {
    const box = boxOfChosen(options);
    if (box !== undefined && frame.current !== null) {
      const { right } = frame.current.getBoundingClientRect();
      const room = roomBeside({ width: size.width, right }, window.innerWidth - options.covered);
      options.setView((now) => revealForNow(now, box, { ...size, width: room }));
    } else if (chosen === null) {
      options.setView(backFrom);
    }
    // Only what was chosen moves the map, not each refresh.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key, isReady]);
  return frame;
}

/** Where the chosen node lies on the map, or both ends of the chosen edge. */
export function boxOfChosen({
  chosen,
  edges,
  cells,
}: Pick<RevealOptions, 'chosen' | 'edges' | 'cells'>): Box | undefined {
  if (chosen === null || cells === undefined) {
    return undefined;
  }
  const edge = 'edge' in chosen ? edges.find(({ id }) => id === chosen.edge) : undefined;
  const ids = 'node' in chosen ? [chosen.node] : [edge?.from, edge?.to];
  return boundsOf(
    ids.flatMap((id) => {
      const cell = id === undefined ? undefined : cells.get(id);
      return cell === undefined ? [] : [cell];
    })
  );
}

/**
 * The width of a frame that is left in sight; all of it where less than a node would be, as on a phone.
 * @param uncovered up to where the window is in sight
 */
export function roomBeside(
  { width, right }: { readonly width: number; readonly right: number },
  uncovered: number
): number {
  const left = width - Math.max(0, right - uncovered);
  return left < NODE.width ? width : left;
}
