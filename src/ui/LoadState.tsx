import { ErrorState, type ShownError } from './ErrorState.tsx';
import { Skeleton } from './Skeleton.tsx';

export interface LoadStateProps {
  /** With its article: "The alerts". */
  readonly what: string;
  readonly query: {
    readonly data: unknown;
    readonly error: ShownError | null;
    readonly isPending: boolean;
    readonly refetch: () => unknown;
  };
  /** Size of what comes: height of a row in px, and how many. */
  readonly height: number;
  readonly rows?: number;
}

/** What stands in place of an answer that is not there, or above one that could not be renewed. */
export function LoadState({ what, query: { data, error, isPending, refetch }, height, rows = 1 }: LoadStateProps) {
  if (error) {
    return (
      <ErrorState
        what={`${what} could not be ${data === undefined ? 'loaded' : 'updated'}`}
        error={error}
        onRetry={() => void refetch()}
      />
    );
  }
  return isPending ? <Skeleton label={`Loading: ${what.toLowerCase()}`} height={height} rows={rows} /> : null;
}
