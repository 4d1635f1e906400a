import { Button, Combobox, Field, Input } from '@grafana/ui';
import { useMemo, useState } from 'react';
import { createToken, listTokens, revokeToken, TOKEN_SCOPES } from '../../api/access.ts';
import type { OutputOf } from '../../api/operation.ts';
import { useChange } from '../../host/useChange.ts';
import { useOperation } from '../../host/useOperation.ts';
import { t } from '../../i18n/t.ts';
import { Trans } from '../../i18n/Trans.ts';
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
  intake: {
    get label() {
      return t('settings.tokens-tab.intake', 'Intake');
    },
    get description() {
      return t(
        'settings.tokens-tab.send-alerts-and-events-nothing',
        'Send alerts and events, nothing else: for Prometheus and Grafana.'
      );
    },
  },
  read: {
    get label() {
      return t('settings.tokens-tab.read', 'Read');
    },
    get description() {
      return t(
        'settings.tokens-tab.all-that-a-viewer-sees',
        'Everything that a viewer sees: for dashboards, karma and read-only scripts.'
      );
    },
  },
  write: {
    get label() {
      return t('settings.tokens-tab.write', 'Write');
    },
    get description() {
      return t(
        'settings.tokens-tab.acknowledge-resolve-and-silence-too',
        'Also acknowledge, resolve and silence, like an editor.'
      );
    },
  },
  admin: {
    get label() {
      return t('settings.tokens-tab.admin', 'Admin');
    },
    get description() {
      return t(
        'settings.tokens-tab.everything-thresholds-receivers-and-tokens',
        'Everything, including thresholds, receivers and tokens: for provisioning.'
      );
    },
  },
};

const EXAMPLE = 'ci-deploys';

export function TokensTab() {
  return (
    <AdminOnly
      what={t(
        'settings.tokens-tab.api-tokens-let-programs-act',
        'API tokens let programs use the API. Only admins can manage them.'
      )}
    >
      <Tokens />
    </AdminOnly>
  );
}

function Tokens() {
  const tokens = useOperation(listTokens, {});
  const [revoking, setRevoking] = useState<Token>();
  const revoke = useChange(revokeToken, {
    failed: t('settings.tokens-tab.the-token-was-not-revoked', 'The token was not revoked'),
    done: () => t('settings.tokens-tab.token-revoked-it-is-refused', 'Token revoked: it is refused from now on'),
  });
  const columns = useMemo(() => columnsFor(setRevoking), []);
  return (
    <Answered answer={tokens} what={t('settings.tokens-tab.the-tokens', 'The tokens')}>
      {({ items }) => (
        <>
          <TabIntro>{tokensSentence(items)}</TabIntro>
          <AddToken />
          {items.length > 0 && (
            <DataTable
              label={t('settings.tokens-tab.tokens', 'Tokens')}
              columns={columns}
              rows={items}
              rowKey={({ id }) => id}
            />
          )}
          <ConfirmDialog
            isOpen={revoking !== undefined}
            title={t('settings.tokens-tab.revoke', 'Revoke {{name}}?', { name: revoking?.name ?? '' })}
            body={t(
              'settings.tokens-tab.whatever-uses-it-is-refused',
              'Whatever uses it is refused at once. This cannot be undone; a new token has a new secret.'
            )}
            action={t('settings.tokens-tab.revoke-2', 'Revoke')}
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
    return t(
      'settings.tokens-tab.no-tokens-programs-cannot-call',
      'No tokens: programs cannot call the API yet. Give Prometheus, Grafana, CI jobs and the command line a token each.'
    );
  }
  const unused = live.filter(({ lastUsedAt }) => lastUsedAt === null).length;
  return unused === 0
    ? t('settings.tokens-tab.in-force', '', {
        count: live.length,
        defaultValue_one: '{{count}} active token.',
        defaultValue_other: '{{count}} active tokens.',
      })
    : t('settings.tokens-tab.in-force-unused', '', {
        count: live.length,
        unused,
        defaultValue_one: '{{count}} active token, {{unused}} of them never used.',
        defaultValue_other: '{{count}} active tokens, {{unused}} of them never used.',
      });
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
    <Section title={t('settings.tokens-tab.make-a-token', 'Create a token')}>
      <FormRow
        label={t('settings.tokens-tab.make-a-token', 'Create a token')}
        onSubmit={() => create.mutate({ name: name.trim(), scope })}
        action={
          <Button type="submit" disabled={create.isPending || name.trim() === ''}>
            {t('settings.tokens-tab.make-token', 'Create token')}
          </Button>
        }
      >
        <Field
          noMargin
          label={t('settings.tokens-tab.name', 'Name')}
          description={t('settings.tokens-tab.what-will-use-it', 'What will use it.')}
          invalid={error !== undefined}
          error={error}
        >
          <Input
            id="token-name"
            value={name}
            placeholder={EXAMPLE}
            maxLength={100}
            autoComplete="off"
            onChange={(event) => setName(event.currentTarget.value)}
          />
        </Field>
        <Field noMargin label={t('settings.tokens-tab.scope', 'Scope')} description={SCOPES[scope].description}>
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
          title={t('settings.tokens-tab.copy-the-token-now', 'Copy the token now')}
          label={t('settings.tokens-tab.the-new-token', 'The new token')}
          secret={secret}
          onClose={() => setSecret(undefined)}
        >
          {t(
            'settings.tokens-tab.it-is-shown-this-once',
            'It is shown only once: the engine keeps only its fingerprint.'
          )}
        </ShownOnce>
      )}
    </Section>
  );
}

const columnsFor = (onRevoke: (token: Token) => void): Array<DataColumn<Token>> => [
  { id: 'name', header: t('settings.tokens-tab.name', 'Name'), cell: ({ name }) => <b>{name}</b>, onCard: 'title' },
  { id: 'scope', header: t('settings.tokens-tab.scope', 'Scope'), cell: ({ scope }) => SCOPES[scope].label },
  {
    id: 'created',
    header: t('settings.tokens-tab.made', 'Created'),
    cell: ({ createdAt, createdBy }) => (
      <span>
        <Trans
          i18nKey="settings.tokens-tab.made-by"
          defaults="<time/> by {{by}}"
          values={{ by: createdBy }}
          components={{ time: <RelativeTime at={createdAt} /> }}
        />
      </span>
    ),
  },
  {
    id: 'used',
    header: t('settings.tokens-tab.last-used', 'Last used'),
    cell: ({ lastUsedAt }) =>
      lastUsedAt === null ? t('settings.tokens-tab.never', 'never') : <RelativeTime at={lastUsedAt} />,
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
          aria-label={t('settings.tokens-tab.revoke-one', 'Revoke {{name}}', { name: token.name })}
          onClick={() => onRevoke(token)}
        >
          {t('settings.tokens-tab.revoke-2', 'Revoke')}
        </Button>
      ) : (
        <span>
          <Trans
            i18nKey="settings.tokens-tab.revoked"
            defaults="revoked <time/>"
            components={{ time: <RelativeTime at={token.revokedAt} /> }}
          />
        </span>
      ),
  },
];
