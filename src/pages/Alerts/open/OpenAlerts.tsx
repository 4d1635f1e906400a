import { useMemo, useRef, useState, type RefObject } from 'react';
import { listAlerts, type AlertView } from '../../../api/alerts.ts';
import type { OutputOf } from '../../../api/operation.ts';
import { listServices } from '../../../api/system.ts';
import { byService } from '../../../core/alerts/byService.ts';
import { alertPath } from '../../../host/alertPath.ts';
import { useHost } from '../../../host/HostContext.ts';
import { useCan, useIdentity } from '../../../host/useIdentity.ts';
import { useQueryParams } from '../../../host/useLocation.ts';
import { useOperation } from '../../../host/useOperation.ts';
import { Answer } from '../../../ui/Answer.tsx';
import { answerAlerts } from '../../../ui/answerAlerts.ts';
import { KeyboardHelp } from '../../../ui/KeyboardHelp.tsx';
import { LoadState } from '../../../ui/LoadState.tsx';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { useNow } from '../../../ui/useNow.ts';
import { useSteadyRows } from '../../../ui/useSteadyRows.ts';
import { AcknowledgeDialog } from '../acts/AcknowledgeDialog.tsx';
import { SilenceDialog } from '../acts/SilenceDialog.tsx';
import { isFiltered, readFilters } from './alertFilters.ts';
import { MoreAlerts, NoAlerts } from './AlertsEnd.tsx';
import { AlertsTable } from './AlertsTable.tsx';
import { BulkActions } from './BulkActions.tsx';
import { FilterBar } from './FilterBar.tsx';
import { ALERT_KEYS, useAlertKeys } from './useAlertKeys.ts';
import { useSelection } from './useSelection.ts';

type Dialog = { readonly kind: 'acknowledge' | 'silence'; readonly alerts: readonly AlertView[] };

const NONE: readonly AlertView[] = [];
const versionOf = ({ version }: AlertView): number => version;
const idOf = ({ id }: AlertView): string => id;

/** What is open, and taking it. */
export function OpenAlerts() {
  const params = useQueryParams();
  const search = useRef<HTMLInputElement>(null);
  const filtered = isFiltered(params);
  const query = useOperation(listAlerts, readFilters(params), { keepPrevious: true });
  return (
    <>
      <ListAnswer data={query.data} filtered={filtered} />
      <FilterBar ref={search} services={useServiceNames(query.data?.items ?? NONE)} />
      <LoadState what="The alerts" query={query} height={38} rows={6} />
      <List data={query.data} search={search} />
      {query.data?.items.length === 0 && <NoAlerts filtered={filtered} />}
    </>
  );
}

interface ListProps {
  readonly data: OutputOf<typeof listAlerts> | undefined;
  readonly search: RefObject<HTMLInputElement | null>;
}

/** The rows, what is selected of them, and the keys that work them. */
function List({ data, search }: ListProps) {
  const { navigation } = useHost();
  const params = useQueryParams();
  const mayAct = useCan('editor');
  const me = useIdentity()?.name;
  const [dialog, setDialog] = useState<Dialog>();
  const [help, setHelp] = useState(false);
  const [reading, setReading] = useState(false);
  const grouped = params.get('group') === 'service';
  const items = data?.items ?? NONE;
  const ordered = useMemo(() => (grouped ? byService(items) : items), [items, grouped]);
  const { rows, marks } = useSteadyRows({ rows: ordered, keyOf: idOf, versionOf, hold: reading && !grouped });
  const selection = useSelection(rows);

  const act = (kind: Dialog['kind']) => (current?: AlertView) => {
    const alerts = targets(selection.alerts, current);
    if (mayAct && alerts.length > 0) {
      setDialog({ kind, alerts });
    }
  };
  const open = ({ id }: AlertView) => navigation.go(alertPath(id));
  const currentId = useAlertKeys({
    alerts: rows,
    search,
    open,
    select: mayAct ? selection.toggle : () => undefined,
    clear: selection.clear,
    acknowledge: act('acknowledge'),
    silence: act('silence'),
    help: () => setHelp(true),
  });

  return (
    <>
      <BulkActions
        count={mayAct ? selection.alerts.length : 0}
        acknowledge={act('acknowledge')}
        silence={act('silence')}
        clear={selection.clear}
      />
      {data && rows.length > 0 && (
        <div onPointerEnter={() => setReading(true)} onPointerLeave={() => setReading(false)}>
          <AlertsTable
            {...{ marks, currentId, grouped, me }}
            alerts={rows}
            deliveries={data.deliveries}
            selection={selection.ids}
            onSelect={mayAct ? selection.toggle : undefined}
            onOpen={open}
          />
          <MoreAlerts shown={rows.length} total={data.counts.total} />
        </div>
      )}
      <ActDialog dialog={dialog} onClose={() => setDialog(undefined)} onDone={selection.clear} />
      <KeyboardHelp keys={ALERT_KEYS} isOpen={help} onClose={() => setHelp(false)} />
    </>
  );
}

/** What an action is about: the selection, else the alert that the keyboard is on. */
const targets = (selected: readonly AlertView[], current: AlertView | undefined): readonly AlertView[] =>
  selected.length > 0 || current === undefined ? selected : [current];

interface ActDialogProps {
  readonly dialog: Dialog | undefined;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

function ActDialog({ dialog, onClose, onDone }: ActDialogProps) {
  if (dialog === undefined) {
    return null;
  }
  const Form = dialog.kind === 'acknowledge' ? AcknowledgeDialog : SilenceDialog;
  return <Form alerts={dialog.alerts} onClose={onClose} onDone={onDone} />;
}

function ListAnswer({ data, filtered }: { data: OutputOf<typeof listAlerts> | undefined; filtered: boolean }) {
  const minute = useNow((now) => Math.floor(now / 10_000) * 10_000);
  if (data === undefined) {
    return <Skeleton label="Loading the answer" height={28} />;
  }
  const answer = answerAlerts(data.counts, { now: minute, filtered });
  return <Answer look={answer}>{answer.text}</Answer>;
}

/** Names to choose from: the services that were found, and those that only alerts know. */
function useServiceNames(alerts: readonly AlertView[]): readonly string[] {
  const { data } = useOperation(listServices, {});
  return useMemo(() => {
    const names = [...(data?.items ?? []).map(({ name }) => name), ...alerts.map(({ service }) => service)];
    return [...new Set(names)].filter((name) => name !== '').toSorted();
  }, [data, alerts]);
}
