import { Button, Stack } from '@grafana/ui';
import { useState, type RefObject } from 'react';
import type { AlertView, listAlerts } from '../../../api/alerts.ts';
import type { OutputOf } from '../../../api/operation.ts';
import { alertPath } from '../../../host/alertPath.ts';
import { useHost } from '../../../host/HostContext.ts';
import { useCan, useIdentity } from '../../../host/useIdentity.ts';
import { t } from '../../../i18n/t.ts';
import { KeyboardHelp } from '../../../ui/KeyboardHelp.tsx';
import { useSteadyRows } from '../../../ui/useSteadyRows.ts';
import { AcknowledgeDialog } from '../acts/AcknowledgeDialog.tsx';
import { SilenceDialog } from '../acts/SilenceDialog.tsx';
import { MoreAlerts } from './AlertsEnd.tsx';
import { AlertsTable } from './AlertsTable.tsx';
import { BulkActions } from './BulkActions.tsx';
import { alertKeys, useAlertKeys } from './useAlertKeys.ts';
import { useGroups, type Groups } from './useGroups.ts';
import { useSelection } from './useSelection.ts';

type Dialog = { readonly kind: 'acknowledge' | 'silence'; readonly alerts: readonly AlertView[] };

const NONE: readonly AlertView[] = [];
const versionOf = ({ version }: AlertView): number => version;
const idOf = ({ id }: AlertView): string => id;

export interface AlertListProps {
  readonly data: OutputOf<typeof listAlerts> | undefined;
  readonly search: RefObject<HTMLInputElement | null>;
}

/** The rows, what is selected of them, and the keys that work them. */
export function AlertList({ data, search }: AlertListProps) {
  const { navigation } = useHost();
  const mayAct = useCan('editor');
  const me = useIdentity()?.name;
  const [dialog, setDialog] = useState<Dialog>();
  const [help, setHelp] = useState(false);
  const [reading, setReading] = useState(false);
  const { rows, marks } = useSteadyRows({ rows: data?.items ?? NONE, keyOf: idOf, versionOf, hold: reading });
  const groups = useGroups(rows);
  const selection = useSelection(rows);

  const act = (kind: Dialog['kind']) => (current?: AlertView) => {
    const alerts = targets(selection.alerts, current);
    if (mayAct && alerts.length > 0) {
      setDialog({ kind, alerts });
    }
  };
  const open = ({ id }: AlertView) => navigation.go(alertPath(id));
  const currentId = useAlertKeys({
    alerts: groups.ordered,
    isHidden: groups.isHidden,
    search,
    open,
    select: mayAct ? selection.toggle : () => undefined,
    clear: selection.clear,
    acknowledge: act('acknowledge'),
    silence: act('silence'),
    fold: groups.toggleOf,
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
          <FoldAll groups={groups} />
          <AlertsTable
            {...{ marks, currentId, groups, me }}
            deliveries={data.deliveries}
            selection={selection.ids}
            onSelect={mayAct ? selection.toggle : undefined}
            onOpen={open}
          />
          <MoreAlerts shown={rows.length} total={data.counts.total} isGrouped={groups.groups !== undefined} />
        </div>
      )}
      <ActDialog dialog={dialog} onClose={() => setDialog(undefined)} onDone={selection.clear} />
      <KeyboardHelp keys={alertKeys()} isOpen={help} onClose={() => setHelp(false)} />
    </>
  );
}

/** What an action is about: the selection, else the alert that the keyboard is on. */
const targets = (selected: readonly AlertView[], current: AlertView | undefined): readonly AlertView[] =>
  selected.length > 0 || current === undefined ? selected : [current];

/** One look over all groups, and back. */
function FoldAll({ groups: { groups = [], isCollapsed, collapseAll, expandAll } }: { groups: Groups }) {
  if (groups.length < 2) {
    return null;
  }
  const isFolded = groups.every(isCollapsed);
  return (
    <Stack justifyContent="flex-end">
      <Button size="sm" variant="secondary" fill="text" onClick={isFolded ? expandAll : collapseAll}>
        {isFolded
          ? t('alerts.alert-list.expand-all', 'Expand all')
          : t('alerts.alert-list.collapse-all', 'Collapse all')}
      </Button>
    </Stack>
  );
}

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
