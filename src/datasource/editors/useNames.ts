import { useEffect, useState } from 'react';
import { sentenceOf } from '../readNames.ts';
import type { Name, NameKind, PharosApi } from '../query.ts';

export interface Names {
  readonly names: readonly Name[];
  readonly isLoading: boolean;
  /** Why there are none, as a sentence. */
  readonly error: string | undefined;
}

const NONE: readonly Name[] = [];

/** Names that the engine knows now; asked for anew each time an editor is opened. */
export function useNames(datasource: Pick<PharosApi, 'findNames'>, kind: NameKind | undefined): Names {
  const [found, setFound] = useState<Names>({ names: NONE, isLoading: kind !== undefined, error: undefined });
  useEffect(() => {
    if (kind === undefined) {
      return undefined;
    }
    let isCurrent = true;
    const show = (names: Names) => {
      if (isCurrent) {
        setFound(names);
      }
    };
    datasource.findNames(kind).then(
      (names) => show({ names, isLoading: false, error: undefined }),
      (error: unknown) => show({ names: NONE, isLoading: false, error: sentenceOf(error) })
    );
    return () => {
      isCurrent = false;
    };
  }, [datasource, kind]);
  return found;
}
