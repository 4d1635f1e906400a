import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { ApiError } from '../../api/apiError.ts';
import { LoadState } from '../../ui/LoadState.tsx';

export interface AnsweredProps<T> {
  readonly answer: UseQueryResult<T, ApiError>;
  /** What is asked for, with its article: "The tokens". */
  readonly what: string;
  readonly children: (data: T) => ReactNode;
}

const ROW_HEIGHT = 40;

/** What was asked for, under the reason why it is not there or not new. */
export function Answered<T>({ answer, what, children }: AnsweredProps<T>) {
  return (
    <>
      <LoadState what={what} query={answer} height={ROW_HEIGHT} rows={4} />
      {answer.data !== undefined && children(answer.data)}
    </>
  );
}
