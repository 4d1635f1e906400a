import { useMemo, useState } from 'react';
import type { ApiError } from '../../api/apiError.ts';
import type { OutputOf } from '../../api/operation.ts';
import { getServiceMap, type MapEdgeView, type MapNodeView } from '../../api/serviceMap.ts';
import { filterServiceMap } from '../../core/serviceMap/filterServiceMap.ts';
import { epochMs, minutes } from '../../core/units.ts';
import { useOperation } from '../../host/useOperation.ts';
import { useNow } from '../../ui/useNow.ts';
import { baselineEnd, scopeOf, type MapParams } from './mapParams.ts';

const REFRESH_MS = 15_000;
const NONE = 0;

export type MapOutput = OutputOf<typeof getServiceMap>;

/** What the page shows of one map. */
export interface ServiceMapParts {
  /** As much of it as a map can hold; undefined until it is there. */
  readonly whole: MapOutput | undefined;
  /** What fits the filters. Of a map that was cut, the engine picks it from all of it. */
  readonly shown: { readonly nodes: readonly MapNodeView[]; readonly edges: readonly MapEdgeView[] };
  /** The engine's own answer to the filters, where the map was cut. */
  readonly part: MapOutput | undefined;
  /** That answer is on its way. */
  readonly isNarrowing: boolean;
  readonly error: ApiError | null;
  readonly updatedAt: number;
  readonly refetch: () => void;
}

const EMPTY: ServiceMapParts['shown'] = { nodes: [], edges: [] };

const isHurting = ({ health }: MapNodeView): boolean => health.state === 'critical' || health.state === 'degraded';

/** There is more than the map holds. */
export const isCut = ({ omitted }: MapOutput): boolean => omitted.nodes > 0 || omitted.edges > 0;

/** The map of the address, and the part of it that the filters ask for: at once from what is there, and from the engine where that is not all. */
export function useServiceMap(params: MapParams): ServiceMapParts {
  const { around, depth, errorsOnly, namespace } = params;
  const input = useInput(params);
  const filters = filtersOf(params);
  const refresh = params.at === undefined ? { refreshMs: REFRESH_MS } : {};
  const whole = useOperation(getServiceMap, input, { ...refresh, keepPrevious: true });
  const enabled = Object.keys(filters).length > 0 && whole.data !== undefined && isCut(whole.data);
  const narrowed = useOperation(getServiceMap, { ...input, ...filters }, { ...refresh, enabled });
  const part = useLastOf(scopeOf(params), narrowed.data, enabled);
  const shown = useMemo(() => {
    const filter = { around: around === undefined ? undefined : [around], depth, errorsOnly, namespace };
    return part ?? (whole.data === undefined ? EMPTY : filterServiceMap(whole.data, filter, isHurting));
  }, [part, whole.data, around, depth, errorsOnly, namespace]);
  return {
    ...{ whole: whole.data, shown, part },
    isNarrowing: enabled && part === undefined && narrowed.isPending,
    error: whole.error ?? (enabled ? narrowed.error : null),
    updatedAt: whole.dataUpdatedAt,
    refetch: () => {
      void whole.refetch();
      if (enabled) {
        void narrowed.refetch();
      }
    },
  };
}

/** As the engine takes them; empty where all is wanted. */
const filtersOf = ({ around, depth, errorsOnly, namespace }: MapParams) => ({
  ...(around === undefined ? {} : { around, depth }),
  ...(errorsOnly ? { errorsOnly } : {}),
  ...(namespace === undefined ? {} : { namespace }),
});

function useInput({ at, window, baseline }: MapParams) {
  const isMoment = baseline !== undefined && 'at' in baseline;
  // What is so long ago moves on with the map: to the minute, so that not each second is another question.
  const end = useNow((now) => {
    const latest = isMoment ? now : Math.floor(now / minutes(1)) * minutes(1);
    return baselineEnd(baseline, at ?? epochMs(latest)) ?? NONE;
  });
  return { window, ...(at === undefined ? {} : { at }), ...(end === NONE ? {} : { baseline: epochMs(end) }) };
}

/** The last answer to the same filters, while the one for the next minute is on its way. */
function useLastOf(scope: string, answer: MapOutput | undefined, enabled: boolean): MapOutput | undefined {
  const [last, setLast] = useState<{ readonly scope: string; readonly answer: MapOutput }>();
  if (answer !== undefined && last?.answer !== answer) {
    setLast({ scope, answer });
  }
  return enabled && last?.scope === scope ? last.answer : undefined;
}
