import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { ApiError } from '../api/apiError.ts';
import type { Decoded, ReadBody, Schema } from '../api/client.ts';
import type { OperationContract } from '../api/operation.ts';
import { useHost } from './HostContext.ts';
import { operationKey } from './topics.ts';
import { useLive } from './useLive.ts';

export interface OperationOptions {
  readonly enabled?: boolean;
  /** Asks again this often while the page is looked at and not paused. Changes of the engine come by themselves. */
  readonly refreshMs?: number;
  /** Show the previous answer while the one for a new input is on its way. */
  readonly keepPrevious?: boolean;
  /** The answer costs much, or would be another sample: it stands until it is asked for anew, also when the window gets the focus. */
  readonly isLasting?: boolean;
  /** Reads the answer elsewhere; one function for one operation. */
  readonly read?: ReadBody;
}

/** The answer of a reading operation, kept, shared and renewed when the engine says that it is old. */
export function useOperation<I extends Schema, O extends Schema>(
  contract: OperationContract<I, O>,
  input: Decoded<I>,
  { enabled = true, refreshMs, keepPrevious = false, isLasting = false, read }: OperationOptions = {}
): UseQueryResult<Decoded<O>, ApiError> {
  const { client } = useHost();
  const { paused } = useLive();
  return useQuery<Decoded<O>, ApiError>({
    queryKey: operationKey(contract, input),
    queryFn: ({ signal }) => client.call(contract, input, { signal, read }),
    enabled,
    refetchInterval: refreshMs !== undefined && !paused ? refreshMs : false,
    ...(isLasting ? { staleTime: Infinity } : {}),
    ...(keepPrevious ? { placeholderData: keepPreviousData } : {}),
  });
}
