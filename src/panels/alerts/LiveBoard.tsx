import { useEffect, useState } from 'react';
import { LoadingState } from '@grafana/data';
import { hasRole } from '../../core/identity.ts';
import { useAlertActs } from '../../host/useAlertActs.ts';
import type { KnownIdentity } from '../../host/useIdentity.ts';
import { useLive } from '../../host/useLive.ts';
import { useTouched } from '../../host/useTouched.ts';
import { AcknowledgeDialog } from '../../ui/AcknowledgeDialog.tsx';
import { AlertsBoard, type AlertsBoardProps } from './AlertsBoard.tsx';
import type { AlertRow } from './readAlertFrames.ts';
import type { KeptReading } from './useKeptReading.ts';
import { useRerun } from './useRerun.ts';

export interface LiveBoardProps extends AlertsBoardProps {
  readonly identity: KnownIdentity;
}

/** The board of somebody whom the engine knows: follows its changes, and lets an editor take alerts. */
export function LiveBoard({ identity, ...board }: LiveBoardProps) {
  const { data, acts } = board;
  const refresh = useRerun({ rerun: board.retry, isLoading: data.state === LoadingState.Loading });
  useTouched('alerts', refresh);
  const hasFailed = data.state === LoadingState.Error;
  useEffect(() => {
    // The engine answers now, so what failed before it did is worth another try.
    if (hasFailed) {
      refresh();
    }
    // Once: later failures wait for the feed.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  const [taking, setTaking] = useState<AlertRow>();
  const acknowledge = hasRole(identity, 'editor') ? setTaking : undefined;
  return (
    <>
      <AlertsBoard {...board} kept={useKeptContact(board.kept)} acts={{ ...acts, acknowledge, me: identity.name }} />
      {taking && <Take row={taking} onClose={() => setTaking(undefined)} onDone={refresh} />}
    </>
  );
}

/** Without contact the rows may be old although no query has failed. */
function useKeptContact(kept: KeptReading): KeptReading {
  const { lost, contactAt } = useLive();
  return lost === null || kept.failure !== undefined ? kept : { ...kept, failure: { message: lost, since: contactAt } };
}

function Take({ row, onClose, onDone }: { row: AlertRow; onClose: () => void; onDone: () => void }) {
  const { acknowledge } = useAlertActs();
  return (
    <AcknowledgeDialog
      summaries={[row.summary]}
      isPending={acknowledge.isPending}
      onClose={onClose}
      onAcknowledge={(acknowledgement) =>
        acknowledge.mutate(
          { alerts: [row], ...acknowledgement },
          {
            onSuccess() {
              onClose();
              onDone();
            },
          }
        )
      }
    />
  );
}
