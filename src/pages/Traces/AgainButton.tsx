import { Button } from '@grafana/ui';

export interface AgainButtonProps {
  readonly isBusy: boolean;
  readonly onClick: () => void;
}

/** Asks once more, up to now; says while an answer is on its way. */
export function AgainButton({ isBusy, onClick }: AgainButtonProps) {
  return (
    <Button variant="secondary" icon={isBusy ? 'spinner' : 'sync'} aria-busy={isBusy} onClick={onClick}>
      {isBusy ? 'Searching…' : 'Search again'}
    </Button>
  );
}
