import { Button, Combobox, Field, Input } from '@grafana/ui';
import { useMemo, useState } from 'react';
import { createLoginLink, listSessions, revokeSession } from '../../api/access.ts';
import type { OutputOf } from '../../api/operation.ts';
import { ROLES, type Role } from '../../core/identity.ts';
import { useChange } from '../../host/useChange.ts';
import { useOperation } from '../../host/useOperation.ts';
import { t } from '../../i18n/t.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { Section } from '../../ui/Section.tsx';
import { Answered } from './Answered.tsx';
import { AdminOnly } from './AdminOnly.tsx';
import { describeBrowser } from './describeBrowser.ts';
import { FormRow } from './FormRow.tsx';
import { ShownOnce } from './ShownOnce.tsx';
import { TabIntro } from './TabIntro.tsx';

type Session = OutputOf<typeof listSessions>['items'][number];

const ROLE_WORDS: Readonly<Record<Role, { readonly label: string; readonly description: string }>> = {
  viewer: {
    get label() {
      return t('settings.sessions-tab.viewer', 'Viewer');
    },
    get description() {
      return t('settings.sessions-tab.sees-everything-changes-nothing', 'Sees everything, changes nothing.');
    },
  },
  editor: {
    get label() {
      return t('settings.sessions-tab.editor', 'Editor');
    },
    get description() {
      return t(
        'settings.sessions-tab.acknowledges-resolves-and-silences-too',
        'Also acknowledges, resolves and silences.'
      );
    },
  },
  admin: {
    get label() {
      return t('settings.sessions-tab.admin', 'Admin');
    },
    get description() {
      return t(
        'settings.sessions-tab.changes-thresholds-routes-receivers-sources',
        'Also changes thresholds, routes, receivers, sources and tokens.'
      );
    },
  },
};

export function SessionsTab() {
  return (
    <AdminOnly
      what={t(
        'settings.sessions-tab.who-is-signed-in-to',
        'Only admins can see who is signed in to the console and create login links.'
      )}
    >
      <Sessions />
    </AdminOnly>
  );
}

function Sessions() {
  const sessions = useOperation(listSessions, {}, { refreshMs: 30_000 });
  const [ending, setEnding] = useState<Session>();
  const end = useChange(revokeSession, {
    failed: t('settings.sessions-tab.the-session-was-not-ended', 'The session was not ended'),
    done: () => t('settings.sessions-tab.session-ended', 'Session ended'),
  });
  const columns = useMemo(() => columnsFor(setEnding), []);
  return (
    <Answered answer={sessions} what={t('settings.sessions-tab.the-sessions', 'The sessions')}>
      {({ items }) => (
        <>
          <TabIntro>
            {items.length === 0
              ? t('settings.sessions-tab.nobody-is-signed-in-to', 'Nobody is signed in to the console.')
              : t('settings.sessions-tab.alive', '', {
                  count: items.length,
                  defaultValue_one:
                    '{{count}} active console session. People who use Pharos in Grafana are not listed.',
                  defaultValue_other:
                    '{{count}} active console sessions. People who use Pharos in Grafana are not listed.',
                })}
          </TabIntro>
          <AddLoginLink />
          {items.length > 0 && (
            <DataTable
              label={t('settings.sessions-tab.sessions', 'Sessions')}
              columns={columns}
              rows={items}
              rowKey={({ id }) => id}
            />
          )}
          <ConfirmDialog
            {...endWords(ending)}
            isOpen={ending !== undefined}
            action={t('settings.sessions-tab.end-session', 'End session')}
            onConfirm={() => ending && end.mutate({ id: ending.id })}
            onClose={() => setEnding(undefined)}
          />
        </>
      )}
    </Answered>
  );
}

const endWords = (session: Session | undefined) =>
  session?.current === true
    ? {
        title: t('settings.sessions-tab.end-your-own-session', 'End your own session?'),
        body: t(
          'settings.sessions-tab.you-are-signed-out-at',
          'You are signed out at once and need a login link to come back.'
        ),
      }
    : {
        title: t('settings.sessions-tab.end-the-session-of', 'End the session of {{name}}?', {
          name: session?.name ?? '',
        }),
        body: t(
          'settings.sessions-tab.the-browser-is-signed-out',
          'The browser is signed out at once. A login link lets the person back in.'
        ),
      };

function AddLoginLink() {
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('viewer');
  const [link, setLink] = useState<OutputOf<typeof createLoginLink>>();
  const create = useChange(createLoginLink, {
    quiet: true,
    done(made) {
      setLink(made);
      setName('');
      return undefined;
    },
  });
  const error = create.error?.fieldError('name') ?? create.error?.message;
  return (
    <Section title={t('settings.sessions-tab.let-somebody-in', 'Let someone sign in')}>
      <FormRow
        label={t('settings.sessions-tab.make-a-login-link', 'Create a login link')}
        onSubmit={() => create.mutate({ name: name.trim(), role })}
        action={
          <Button type="submit" disabled={create.isPending || name.trim() === ''}>
            {t('settings.sessions-tab.make-login-link', 'Create login link')}
          </Button>
        }
      >
        <Field
          noMargin
          label={t('settings.sessions-tab.name', 'Name')}
          description={t(
            'settings.sessions-tab.stands-in-the-history-beside',
            'Shown in the history beside what they do.'
          )}
          invalid={error !== undefined}
          error={error}
        >
          <Input
            id="login-name"
            value={name}
            placeholder={t('settings.sessions-tab.ada', 'Ada')}
            maxLength={100}
            autoComplete="off"
            onChange={(event) => setName(event.currentTarget.value)}
          />
        </Field>
        <Field noMargin label={t('settings.sessions-tab.role', 'Role')} description={ROLE_WORDS[role].description}>
          <Combobox
            id="login-role"
            options={ROLES.map((value) => ({ value, ...ROLE_WORDS[value] }))}
            value={role}
            onChange={({ value }) => setRole(value)}
          />
        </Field>
      </FormRow>
      {link !== undefined && (
        <ShownOnce
          title={t('settings.sessions-tab.copy-the-login-link-now', 'Copy the login link now')}
          label={t('settings.sessions-tab.the-login-link', 'The login link')}
          secret={link.url}
          onClose={() => setLink(undefined)}
        >
          {t(
            'settings.sessions-tab.it-is-shown-this-once',
            'It is shown only once, works once, and expires after ten minutes. Anyone who has it can sign in.'
          )}
        </ShownOnce>
      )}
    </Section>
  );
}

const columnsFor = (onEnd: (session: Session) => void): Array<DataColumn<Session>> => [
  {
    id: 'name',
    header: t('settings.sessions-tab.name', 'Name'),
    onCard: 'title',
    cell: ({ name, current }) => (
      <>
        <b>{name}</b>
        {current && ` ${t('settings.sessions-tab.this-browser', '(this browser)')}`}
      </>
    ),
  },
  { id: 'role', header: t('settings.sessions-tab.role', 'Role'), cell: ({ role }) => ROLE_WORDS[role].label },
  {
    id: 'browser',
    header: t('settings.sessions-tab.browser', 'Browser'),
    cell: ({ userAgent }) => <span title={userAgent}>{describeBrowser(userAgent)}</span>,
  },
  {
    id: 'created',
    header: t('settings.sessions-tab.signed-in', 'Signed in'),
    cell: ({ createdAt }) => <RelativeTime at={createdAt} />,
  },
  {
    id: 'seen',
    header: t('settings.sessions-tab.last-seen', 'Last seen'),
    cell: ({ lastSeenAt }) => <RelativeTime at={lastSeenAt} />,
  },
  {
    id: 'expires',
    header: t('settings.sessions-tab.ends', 'Ends'),
    cell: ({ expiresAt }) => <RelativeTime at={expiresAt} />,
  },
  {
    id: 'end',
    header: '',
    align: 'right',
    cell: (session) => (
      <Button
        size="sm"
        variant="destructive"
        fill="outline"
        aria-label={
          session.current
            ? t('settings.sessions-tab.end-my-session', 'End my session')
            : t('settings.sessions-tab.end-session-of', 'End the session of {{name}}', { name: session.name })
        }
        onClick={() => onEnd(session)}
      >
        {t('settings.sessions-tab.end', 'End')}
      </Button>
    ),
  },
];
