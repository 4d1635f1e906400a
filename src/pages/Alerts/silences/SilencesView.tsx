import { Button, Checkbox } from '@grafana/ui';
import { useState, type ReactNode } from 'react';
import { listSilences, type SilenceView } from '../../../api/routing.ts';
import { formatMatcher } from '../../../core/matchers.ts';
import { useCan } from '../../../host/useIdentity.ts';
import { useQueryParams } from '../../../host/useLocation.ts';
import { useOperation } from '../../../host/useOperation.ts';
import { t } from '../../../i18n/t.ts';
import { Answer } from '../../../ui/Answer.tsx';
import { BottomBar } from '../../../ui/BottomBar.tsx';
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { LoadState } from '../../../ui/LoadState.tsx';
import { SilenceDialog } from '../acts/SilenceDialog.tsx';
import { answerSilences } from './answerSilences.ts';
import { SilencesTable, type SilencesTableProps } from './SilencesTable.tsx';
import { useSilenceActs } from './useSilenceActs.ts';

/** Stands for a new silence in the address, where that of another has its id. */
const NEW = 'new';

/** What is kept quiet, why and until when. */
export function SilencesView() {
  const params = useQueryParams();
  const mayAct = useCan('editor');
  const [ending, setEnding] = useState<SilenceView>();
  const expired = params.get('expired') === 'yes';
  const query = useOperation(listSilences, {
    state: expired ? ['active', 'pending', 'expired'] : ['active', 'pending'],
    limit: 500,
  });
  const { end, extend } = useSilenceActs();
  const items = query.data?.items;
  const edit = (id: string) => params.set({ edit: id }, { push: true });
  const add = mayAct && (
    <Button icon="plus" onClick={() => edit(NEW)}>
      {t('alerts.silences-view.add-silence', 'Add silence')}
    </Button>
  );
  return (
    <>
      {items && <Answer look={{ tone: 'quiet', icon: 'bell-slash' }}>{answerSilences(items)}</Answer>}
      <BottomBar label={t('alerts.silences-view.silences', 'Silences')}>
        {items && items.length > 0 && add}
        <Checkbox
          label={t('alerts.silences-view.show-expired', 'Show expired')}
          value={expired}
          onChange={(event) => params.set({ expired: event.currentTarget.checked ? 'yes' : null })}
        />
      </BottomBar>
      <LoadState what={t('alerts.silences-view.the-silences', 'The silences')} query={query} height={38} rows={3} />
      {items && (
        <List
          silences={items}
          add={add}
          acts={mayAct ? { onEdit: ({ id }) => edit(id), onExtend: extend, onEnd: setEnding } : undefined}
        />
      )}
      {mayAct && items && <EditDialog silences={items} />}
      <ConfirmEnd silence={ending} onConfirm={end} onClose={() => setEnding(undefined)} />
    </>
  );
}

function List({ add, ...table }: SilencesTableProps & { add: ReactNode }) {
  if (table.silences.length > 0) {
    return <SilencesTable {...table} />;
  }
  return (
    <EmptyState
      icon="bell-slash"
      title={t('alerts.silences-view.nothing-is-silenced', 'Nothing is silenced')}
      action={add}
    >
      {t(
        'alerts.silences-view.a-silence-keeps-matching-alerts',
        'A silence stops matching alerts from notifying anyone until it expires; they stay visible here. For example, during maintenance of the demo shop: service = checkout, for 2 h.'
      )}
    </EmptyState>
  );
}

/** The form that the address names, if it names one. */
function EditDialog({ silences }: { silences: readonly SilenceView[] }) {
  const params = useQueryParams();
  const id = params.get('edit');
  const found = silences.find((one) => one.id === id);
  const [held, setHeld] = useState(found);
  // What is typed must not go with a silence that ends meanwhile.
  if (found !== undefined && held?.id !== found.id) {
    setHeld(found);
  }
  const silence = held?.id === id ? held : undefined;
  if (id !== NEW && silence === undefined) {
    return null;
  }
  return <SilenceDialog key={id} alerts={[]} silence={silence} onClose={() => params.set({ edit: null })} />;
}

interface ConfirmEndProps {
  readonly silence: SilenceView | undefined;
  readonly onConfirm: (silence: SilenceView) => void;
  readonly onClose: () => void;
}

function ConfirmEnd({ silence, onConfirm, onClose }: ConfirmEndProps) {
  const matchers = silence?.matchers.map(formatMatcher).join(', ') ?? '';
  return (
    <ConfirmDialog
      isOpen={silence !== undefined}
      title={t('alerts.silences-view.end-silence', 'End silence')}
      body={t(
        'alerts.silences-view.alerts-that-match-notify-again',
        'Alerts that match {{matchers}} notify again at once.',
        { matchers }
      )}
      action={t('alerts.silences-view.end-silence', 'End silence')}
      onConfirm={() => silence && onConfirm(silence)}
      onClose={onClose}
    />
  );
}
