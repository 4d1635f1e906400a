import { Button, Combobox, Field, Input } from '@grafana/ui';
import { useMemo, useState } from 'react';
import { createToken, listTokens, revokeToken, TOKEN_SCOPES } from '../../api/access.ts';
import type { OutputOf } from '../../api/operation.ts';
import { useChange } from '../../host/useChange.ts';
import { useOperation } from '../../host/useOperation.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { Section } from '../../ui/Section.tsx';
import { Answered } from './Answered.tsx';
import { AdminOnly } from './AdminOnly.tsx';
import { FormRow } from './FormRow.tsx';
import { ShownOnce } from './ShownOnce.tsx';
import { TabIntro } from './TabIntro.tsx';

type Token = OutputOf<typeof listTokens>['items'][number];
type Scope = (typeof TOKEN_SCOPES)[number];

const SCOPES: Readonly<Record<Scope, { readonly label: string; readonly description: string }>> = {
  intake: { label: 'Intake', description: 'Send alerts and events, nothing else: for Prometheus and Grafana.' },
  read: { label: 'Read', description: 'All that a viewer sees: for dashboards, karma and scripts that only look.' },
  write: { label: 'Write', description: 'Acknowledge, resolve and silence too, as an editor.' },
  admin: { label: 'Admin', description: 'Everything, thresholds, receivers and tokens too: for provisioning.' },
};

export function TokensTab() {
  return (
    <AdminOnly what="API tokens let programs act in the name of this place: they are for admins.">
      <Tokens />
    </AdminOnly>
  );
}

function Tokens() {
  const tokens = useOperation(listTokens, {});
  const [revoking, setRevoking] = useState<Token>();
  const revoke = useChange(revokeToken, {
    failed: 'The token was not revoked',
    done: () => 'Token revoked: it is refused from now on',
  });
  const columns = useMemo(() => columnsFor(setRevoking), []);
  return (
    <Answered answer={tokens} what="The tokens">
      {({ items }) => (
        <>
          <TabIntro>{tokensSentence(items)}</TabIntro>
          <AddToken />
          {items.length > 0 && <DataTable label="Tokens" columns={columns} rows={items} rowKey={({ id }) => id} />}
          <ConfirmDialog
            isOpen={revoking !== undefined}
            title={`Revoke ${revoking?.name ?? ''}?`}
            body="Whatever uses it is refused at once. It cannot be brought back; a new token has a new secret."
            action="Revoke"
            onConfirm={() => revoking && revoke.mutate({ id: revoking.id })}
            onClose={() => setRevoking(undefined)}
          />
        </>
      )}
    </Answered>
  );
}

function tokensSentence(tokens: readonly Token[]): string {
  const live = tokens.filter(({ revokedAt }) => revokedAt === null);
  if (live.length === 0) {
    return 'No tokens: programs cannot call the API yet. Prometheus, Grafana, CI jobs and the command line each get one of their own.';
  }
  const unused = live.filter(({ lastUsedAt }) => lastUsedAt === null).length;
  return `${live.length} token${live.length === 1 ? '' : 's'} in force${unused === 0 ? '' : `, ${unused} of them never used`}.`;
}

function AddToken() {
  const [name, setName] = useState('');
  const [scope, setScope] = useState<Scope>('read');
  const [secret, setSecret] = useState<string>();
  const create = useChange(createToken, {
    quiet: true,
    done(made) {
      setSecret(made.secret);
      setName('');
      return undefined;
    },
  });
  const error = create.error?.fieldError('name') ?? create.error?.message;
  return (
    <Section title="Make a token">
      <FormRow
        label="Make a token"
        onSubmit={() => create.mutate({ name: name.trim(), scope })}
        action={
          <Button type="submit" disabled={create.isPending || name.trim() === ''}>
            Make token
          </Button>
        }
      >
        <Field noMargin label="Name" description="What will use it." invalid={error !== undefined} error={error}>
          <Input
            id="token-name"
            value={name}
            placeholder="ci-deploys"
            maxLength={100}
            autoComplete="off"
            onChange={(event) => setName(event.currentTarget.value)}
          />
        </Field>
        <Field noMargin label="Scope" description={SCOPES[scope].description}>
          <Combobox
            id="token-scope"
            options={TOKEN_SCOPES.map((value) => ({ value, ...SCOPES[value] }))}
            value={scope}
            onChange={({ value }) => setScope(value)}
          />
        </Field>
      </FormRow>
      {secret !== undefined && (
        <ShownOnce
          title="Copy the token now"
          label="The new token"
          secret={secret}
          onClose={() => setSecret(undefined)}
        >
          It is shown this once: the engine keeps only its fingerprint.
        </ShownOnce>
      )}
    </Section>
  );
}

const columnsFor = (onRevoke: (token: Token) => void): Array<DataColumn<Token>> => [
  { id: 'name', header: 'Name', cell: ({ name }) => <b>{name}</b>, onCard: 'title' },
  { id: 'scope', header: 'Scope', cell: ({ scope }) => SCOPES[scope].label },
  {
    id: 'created',
    header: 'Made',
    cell: ({ createdAt, createdBy }) => (
      <span>
        <RelativeTime at={createdAt} /> by {createdBy}
      </span>
    ),
  },
  {
    id: 'used',
    header: 'Last used',
    cell: ({ lastUsedAt }) => (lastUsedAt === null ? 'never' : <RelativeTime at={lastUsedAt} />),
  },
  {
    id: 'state',
    header: '',
    align: 'right',
    cell: (token) =>
      token.revokedAt === null ? (
        <Button
          size="sm"
          variant="destructive"
          fill="outline"
          aria-label={`Revoke ${token.name}`}
          onClick={() => onRevoke(token)}
        >
          Revoke
        </Button>
      ) : (
        <span>
          revoked <RelativeTime at={token.revokedAt} />
        </span>
      ),
  },
];
