import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, InlineSwitch, useStyles2 } from '@grafana/ui';
import { useState, type ReactNode } from 'react';
import { createSilence, expireSilence, listSilences, type SilenceView } from '../../../api/routing.ts';
import { formatMatcher } from '../../../core/matchers.ts';
import { useCan } from '../../../host/useIdentity.ts';
import { useAction, useChange } from '../../../host/useChange.ts';
import { useQueryParams } from '../../../host/useLocation.ts';
import { useOperation } from '../../../host/useOperation.ts';
import { Answer } from '../../../ui/Answer.tsx';
import { BottomBar } from '../../../ui/BottomBar.tsx';
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx';
import { DataTable, type DataColumn } from '../../../ui/DataTable.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { LoadState } from '../../../ui/LoadState.tsx';
import { RelativeTime } from '../../../ui/RelativeTime.tsx';
import { StateTag } from '../../../ui/StateTag.tsx';
import type { StateLook } from '../../../ui/tone.ts';
import { SilenceDialog } from '../acts/SilenceDialog.tsx';

const LOOK: Readonly<Record<SilenceView['state'], StateLook>> = {
  active: { tone: 'info', icon: 'bell-slash', word: 'Active' },
  pending: { tone: 'quiet', icon: 'hourglass', word: 'Pending' },
  expired: { tone: 'quiet', icon: 'history', word: 'Expired' },
};

/** `2 silences are active; they keep 3 open alerts quiet.` */
export function answerSilences(silences: readonly SilenceView[]): string {
  const active = silences.filter(({ state }) => state === 'active');
  if (active.length === 0) {
    return 'No silence is active.';
  }
  const kept = active.reduce((sum, { matching }) => sum + matching, 0);
  const who = active.length === 1 ? '1 silence is active; it keeps' : `${active.length} silences are active; they keep`;
  return `${who} ${kept} open ${kept === 1 ? 'alert' : 'alerts'} quiet.`;
}

/** What is kept quiet, why and until when. */
export function SilencesView() {
  const params = useQueryParams();
  const mayAct = useCan('editor');
  const [adding, setAdding] = useState(false);
  const [ending, setEnding] = useState<SilenceView>();
  const expired = params.get('expired') === 'yes';
  const query = useOperation(listSilences, {
    state: expired ? ['active', 'pending', 'expired'] : ['active', 'pending'],
    limit: 500,
  });
  const end = useEndSilence();
  const items = query.data?.items;
  const add = mayAct && (
    <Button icon="plus" onClick={() => setAdding(true)}>
      Add silence
    </Button>
  );
  return (
    <>
      {items && <Answer look={{ tone: 'quiet', icon: 'bell-slash' }}>{answerSilences(items)}</Answer>}
      <BottomBar label="Silences">
        {items && items.length > 0 && add}
        <InlineSwitch
          label="Show expired"
          showLabel
          value={expired}
          onChange={(event) => params.set({ expired: event.currentTarget.checked ? 'yes' : null })}
        />
      </BottomBar>
      <LoadState what="The silences" query={query} height={38} rows={3} />
      {items && <SilencesTable silences={items} add={add} onEnd={mayAct ? setEnding : undefined} />}
      {adding && <SilenceDialog alerts={[]} onClose={() => setAdding(false)} />}
      <ConfirmEnd silence={ending} onConfirm={end} onClose={() => setEnding(undefined)} />
    </>
  );
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
      title="End silence"
      body={`Alerts that match ${matchers} notify again at once.`}
      action="End silence"
      onConfirm={() => silence && onConfirm(silence)}
      onClose={onClose}
    />
  );
}

interface SilencesTableProps {
  readonly silences: readonly SilenceView[];
  readonly add: ReactNode;
  readonly onEnd: ((silence: SilenceView) => void) | undefined;
}

function SilencesTable({ silences, add, onEnd }: SilencesTableProps) {
  if (silences.length === 0) {
    return (
      <EmptyState icon="bell-slash" title="Nothing is silenced" action={add}>
        A silence keeps matching alerts from notifying anybody until it expires; they stay visible here. During
        maintenance of the demo shop, for example: service = checkout, for 2 h.
      </EmptyState>
    );
  }
  return <DataTable label="Silences" columns={columns(onEnd)} rows={silences} rowKey={({ id }) => id} />;
}

/** Ends a silence, and offers to put an equal one in its place. */
function useEndSilence(): (silence: SilenceView) => void {
  const restore = useChange(createSilence, { done: () => 'Silenced again', failed: 'The silence was not restored' });
  const end = useAction((client, { id }: SilenceView) => client.call(expireSilence, { id }), ['silences'], {
    failed: 'The silence was not ended',
    done: (_, { matchers, endsAt, comment }) => ({
      message: 'Silence ended',
      undo: () => restore.mutate({ matchers, endsAt, comment }),
    }),
  });
  return end.mutate;
}

function Matchers({ silence }: { silence: SilenceView }) {
  const styles = useStyles2(getStyles);
  return <span className={styles.matchers}>{silence.matchers.map(formatMatcher).join(', ')}</span>;
}

const columns = (onEnd: ((silence: SilenceView) => void) | undefined): ReadonlyArray<DataColumn<SilenceView>> => [
  {
    id: 'state',
    header: 'State',
    width: '110px',
    onCard: 'title',
    cell: ({ state }) => <StateTag look={LOOK[state]} />,
  },
  { id: 'matchers', header: 'Alerts that match', onCard: 'title', cell: (silence) => <Matchers silence={silence} /> },
  { id: 'matching', header: 'Matching now', width: '110px', align: 'right', cell: ({ matching }) => matching },
  { id: 'comment', header: 'Why', width: '22%', cell: ({ comment }) => comment },
  { id: 'by', header: 'By', width: '120px', cell: ({ createdBy }) => createdBy },
  { id: 'ends', header: 'Ends', width: '110px', cell: ({ endsAt }) => <RelativeTime at={endsAt} /> },
  ...(onEnd
    ? [
        {
          id: 'end',
          header: '',
          width: '110px',
          align: 'right' as const,
          cell: (silence: SilenceView) =>
            silence.state === 'expired' ? null : (
              <Button size="sm" variant="secondary" onClick={() => onEnd(silence)}>
                End now
              </Button>
            ),
        },
      ]
    : []),
];

const getStyles = (theme: GrafanaTheme2) => ({
  matchers: css({
    fontFamily: theme.typography.fontFamilyMonospace,
    fontSize: theme.typography.bodySmall.fontSize,
    overflowWrap: 'anywhere',
  }),
});
