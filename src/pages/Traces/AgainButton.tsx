import { Button } from '@grafana/ui';
import { t } from '../../i18n/t.ts';

export interface AgainButtonProps {
  readonly isBusy: boolean;
  readonly onClick: () => void;
}

/** Asks once more, up to now; says while an answer is on its way. */
export function AgainButton({ isBusy, onClick }: AgainButtonProps) {
  return (
    <Button variant="secondary" icon={isBusy ? 'spinner' : 'sync'} aria-busy={isBusy} onClick={onClick}>
      {isBusy
        ? t('traces.again-button.searching', 'Searching…')
        : t('traces.again-button.search-again', 'Search again')}
    </Button>
  );
}
