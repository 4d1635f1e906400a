import { inSentence } from '../i18n/inSentence.ts';
import { t } from '../i18n/t.ts';
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
        what={
          data === undefined
            ? t('ui.load-state.not-loaded', '{{what}} could not be loaded', { what })
            : t('ui.load-state.not-updated', '{{what}} could not be updated', { what })
        }
        error={error}
        onRetry={() => void refetch()}
      />
    );
  }
  if (!isPending) {
    return null;
  }
  const label = t('ui.load-state.loading', 'Loading: {{what}}', { what: inSentence(what) });
  return <Skeleton label={label} height={height} rows={rows} />;
}
