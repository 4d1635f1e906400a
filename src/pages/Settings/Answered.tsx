import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { ApiError } from '../../api/apiError.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';

export interface AnsweredProps<T> {
  readonly answer: UseQueryResult<T, ApiError>;
  /** What is asked for, in the plural: "tokens". */
  readonly what: string;
  readonly children: (data: T) => ReactNode;
}

const ROW_HEIGHT = 40;

/** What was asked for once it is there; before, its place, and where it cannot be had, why. */
export function Answered<T>({ answer: { data, error, refetch }, what, children }: AnsweredProps<T>) {
  if (data !== undefined) {
    return children(data);
  }
  return error ? (
    <ErrorState what={`The ${what} could not be loaded`} error={error} onRetry={() => void refetch()} />
  ) : (
    <Skeleton label={`Loading ${what}`} height={ROW_HEIGHT} rows={4} />
  );
}
