import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Alert, Button, Combobox, Field, Input, useStyles2 } from '@grafana/ui';
import { useMemo, useState } from 'react';
import { listAudit, verifyAudit } from '../../api/access.ts';
import type { OutputOf } from '../../api/operation.ts';
import { AppLink } from '../../host/AppLink.tsx';
import { useChange } from '../../host/useChange.ts';
import { useQueryParams } from '../../host/useLocation.ts';
import { useOperation } from '../../host/useOperation.ts';
import { t } from '../../i18n/t.ts';
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { StateTag } from '../../ui/StateTag.tsx';
import { useSettled } from '../../ui/useSettled.ts';
import { Answered } from './Answered.tsx';
import { actionWords, auditObject, AUDITED_ACTIONS } from './auditWords.ts';
import { AdminOnly } from './AdminOnly.tsx';
import { AUDIT_LOOK } from './looks.ts';
import { TabIntro } from './TabIntro.tsx';

type AuditRow = OutputOf<typeof listAudit>['items'][number];

const TYPING_MS = 300;

export function AuditTab() {
  return (
    <AdminOnly
      what={t(
        'settings.audit-tab.the-audit-trail-names-every',
        'The audit trail shows every change and who made it. Only admins can see it.'
      )}
    >
      <Audit />
    </AdminOnly>
  );
}

/** Every change by a person or token, refused ones too, who came and went, and a check that nobody rewrote it. */
function Audit() {
  const styles = useStyles2(getStyles);
  const params = useQueryParams();
  const actor = params.get('actor') ?? '';
  const action = params.get('action') ?? '';
  const filter = useSettled(
    useMemo(() => ({ ...(actor === '' ? {} : { actor }), ...(action === '' ? {} : { action }) }), [actor, action]),
    TYPING_MS
  );
  return (
    <>
      <TabIntro actions={<VerifyChain />}>
        {t(
          'settings.audit-tab.every-change-by-a-person',
          'Every change by a person or token, including refused ones, and who signed in and out, newest first; repeats of a refusal within a minute are counted in one row. Each row carries the hash of the one before it.'
        )}
      </TabIntro>
      <div className={styles.filters}>
        <Field noMargin label={t('settings.audit-tab.actor', 'Actor')}>
          <Input
            id="audit-actor"
            value={actor}
            placeholder={t('settings.audit-tab.everybody', 'Everybody')}
            onChange={(event) => params.set({ actor: event.currentTarget.value })}
          />
        </Field>
        <Field noMargin label={t('settings.audit-tab.action', 'Action')}>
          <Combobox
            id="audit-action"
            isClearable
            createCustomValue
            placeholder={t('settings.audit-tab.every-action', 'Every action')}
            options={AUDITED_ACTIONS}
            value={action === '' ? null : { value: action, label: actionWords(action) }}
            onChange={(option) => params.set({ action: option?.value ?? null })}
          />
        </Field>
      </div>
      <AuditPages key={JSON.stringify(filter)} filter={filter} />
    </>
  );
}

/** The rows of one filter, page by page. */
function AuditPages({ filter }: { filter: { readonly actor?: string; readonly action?: string } }) {
  const styles = useStyles2(getStyles);
  const [cursors, setCursors] = useState<readonly string[]>([]);
  const cursor = cursors.at(-1);
  const answer = useOperation(listAudit, cursor === undefined ? filter : { ...filter, cursor }, { keepPrevious: true });
  return (
    <Answered answer={answer} what={t('settings.audit-tab.the-audit-trail', 'The audit trail')}>
      {({ items, next }) => (
        <>
          {items.length === 0 ? (
            <p>
              {Object.keys(filter).length > 0
                ? t('settings.audit-tab.none-match', 'No changes match this filter.')
                : t('settings.audit-tab.none-yet', 'No changes yet.')}
            </p>
          ) : (
            <DataTable
              label={t('settings.audit-tab.audit-trail', 'Audit trail')}
              columns={COLUMNS}
              rows={items}
              rowKey={({ seq }) => String(seq)}
            />
          )}
          <div className={styles.pages}>
            {cursors.length > 0 && (
              <Button variant="secondary" onClick={() => setCursors(cursors.slice(0, -1))}>
                {t('settings.audit-tab.newer', 'Newer')}
              </Button>
            )}
            {next !== null && (
              <Button variant="secondary" onClick={() => setCursors([...cursors, next])}>
                {t('settings.audit-tab.older', 'Older')}
              </Button>
            )}
          </div>
        </>
      )}
    </Answered>
  );
}

function VerifyChain() {
  const verify = useChange(verifyAudit, {
    failed: t('settings.audit-tab.the-chain-could-not-be', 'The chain could not be checked'),
  });
  const { data } = verify;
  return (
    <div>
      <Button variant="secondary" icon="shield" disabled={verify.isPending} onClick={() => verify.mutate({})}>
        {verify.isPending
          ? t('settings.audit-tab.checking', 'Checking…')
          : t('settings.audit-tab.verify-chain', 'Verify chain')}
      </Button>
      <div role="status">
        {data &&
          (data.ok ? (
            <StateTag
              look={AUDIT_LOOK.done}
              word={t('settings.audit-tab.intact-rows-fit-together', 'Intact: all {{rows}} rows match', {
                rows: data.rows,
              })}
            />
          ) : (
            <Alert severity="error" title={t('settings.audit-tab.the-chain-is-broken', 'The chain is broken')}>
              {data.firstBadSeq !== null &&
                t(
                  'settings.audit-tab.row-does-not-fit-the',
                  'Row {{row}} does not match the row before it: it, or what follows it, was changed outside the engine. Compare with a backup.',
                  { row: data.firstBadSeq }
                )}
              {data.against !== null && (
                <div>
                  {t(
                    'settings.audit-tab.noted-outside',
                    'Its end is not the one that the engine noted outside of the database: {{against}}',
                    { against: data.against }
                  )}
                </div>
              )}
            </Alert>
          ))}
      </div>
    </div>
  );
}

const COLUMNS: ReadonlyArray<DataColumn<AuditRow>> = [
  {
    id: 'action',
    get header() {
      return t('settings.audit-tab.action', 'Action');
    },
    onCard: 'title',
    cell: ({ action }) => <span title={action}>{actionWords(action)}</span>,
  },
  {
    id: 'object',
    get header() {
      return t('settings.audit-tab.on', 'Target');
    },
    cell: (row) => (
      <span title={row.object} style={{ overflowWrap: 'anywhere' }}>
        {auditObject(row)}
      </span>
    ),
  },
  {
    id: 'actor',
    get header() {
      return t('settings.audit-tab.who', 'Who');
    },
    cell: ({ actor, actorName }) => <Actor subject={actor} name={actorName} />,
  },
  {
    id: 'at',
    get header() {
      return t('settings.audit-tab.when', 'When');
    },
    cell: ({ at }) => <RelativeTime at={at} />,
  },
  {
    id: 'outcome',
    get header() {
      return t('settings.audit-tab.outcome', 'Outcome');
    },
    cell: ({ outcome }) => <StateTag look={AUDIT_LOOK[outcome]} />,
  },
  { id: 'change', header: '', cell: (row) => <Change row={row} /> },
];

function Actor({ subject, name }: { subject: string; name: string }) {
  return (
    <AppLink to={`/settings?${new URLSearchParams({ tab: 'audit', actor: subject }).toString()}`} title={subject}>
      {name || subject}
    </AppLink>
  );
}

/** What stood before and after, folded away. */
function Change({ row: { seq, before, after, hash } }: { row: AuditRow }) {
  const styles = useStyles2(getStyles);
  return (
    <details>
      <summary>{t('settings.audit-tab.details', 'Details')}</summary>
      <pre className={styles.json}>{JSON.stringify({ row: seq, before, after, hash }, null, 2)}</pre>
    </details>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  filters: css({
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(2),
    '& > *': { flex: '1 1 180px', maxWidth: 300 },
  }),
  pages: css({ display: 'flex', gap: theme.spacing(1) }),
  json: css({
    maxWidth: 420,
    maxHeight: 240,
    overflow: 'auto',
    whiteSpace: 'pre-wrap',
    textAlign: 'left',
    overflowWrap: 'anywhere',
  }),
});
