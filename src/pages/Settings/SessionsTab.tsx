import { Button, Combobox, Field, Input } from '@grafana/ui';
import { useMemo, useState } from 'react';
import { createLoginLink, listSessions, revokeSession } from '../../api/access.ts';
import type { OutputOf } from '../../api/operation.ts';
import { ROLES, type Role } from '../../core/identity.ts';
import { useChange } from '../../host/useChange.ts';
import { useOperation } from '../../host/useOperation.ts';
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
  viewer: { label: 'Viewer', description: 'Sees everything, changes nothing.' },
  editor: { label: 'Editor', description: 'Acknowledges, resolves and silences too.' },
  admin: { label: 'Admin', description: 'Changes thresholds, routes, receivers, sources and tokens too.' },
};

export function SessionsTab() {
  return (
    <AdminOnly what="Who is signed in to the console, and links to sign in with, are for admins.">
      <Sessions />
    </AdminOnly>
  );
}

function Sessions() {
  const sessions = useOperation(listSessions, {}, { refreshMs: 30_000 });
  const [ending, setEnding] = useState<Session>();
  const end = useChange(revokeSession, { failed: 'The session was not ended', done: () => 'Session ended' });
  const columns = useMemo(() => columnsFor(setEnding), []);
  return (
    <Answered answer={sessions} what="The sessions">
      {({ items }) => (
        <>
          <TabIntro>
            {items.length === 0
              ? 'Nobody is signed in to the console.'
              : `${items.length} console session${items.length === 1 ? '' : 's'} alive. People in Grafana sign in there and do not stand here.`}
          </TabIntro>
          <AddLoginLink />
          {items.length > 0 && <DataTable label="Sessions" columns={columns} rows={items} rowKey={({ id }) => id} />}
          <ConfirmDialog
            {...endWords(ending)}
            isOpen={ending !== undefined}
            action="End session"
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
    ? { title: 'End your own session?', body: 'You are signed out at once and need a login link to come back.' }
    : {
        title: `End the session of ${session?.name ?? ''}?`,
        body: 'The browser is signed out at once. A login link lets the person back in.',
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
    <Section title="Let somebody in">
      <FormRow
        label="Make a login link"
        onSubmit={() => create.mutate({ name: name.trim(), role })}
        action={
          <Button type="submit" disabled={create.isPending || name.trim() === ''}>
            Make login link
          </Button>
        }
      >
        <Field
          noMargin
          label="Name"
          description="Stands in the history beside what they do."
          invalid={error !== undefined}
          error={error}
        >
          <Input
            id="login-name"
            value={name}
            placeholder="Ada"
            maxLength={100}
            autoComplete="off"
            onChange={(event) => setName(event.currentTarget.value)}
          />
        </Field>
        <Field noMargin label="Role" description={ROLE_WORDS[role].description}>
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
          title="Copy the login link now"
          label="The login link"
          secret={link.url}
          onClose={() => setLink(undefined)}
        >
          It is shown this once, works once, and for ten minutes. Whoever has it is let in.
        </ShownOnce>
      )}
    </Section>
  );
}

const columnsFor = (onEnd: (session: Session) => void): Array<DataColumn<Session>> => [
  {
    id: 'name',
    header: 'Name',
    onCard: 'title',
    cell: ({ name, current }) => (
      <>
        <b>{name}</b>
        {current && ' (this browser)'}
      </>
    ),
  },
  { id: 'role', header: 'Role', cell: ({ role }) => ROLE_WORDS[role].label },
  {
    id: 'browser',
    header: 'Browser',
    cell: ({ userAgent }) => <span title={userAgent}>{describeBrowser(userAgent)}</span>,
  },
  { id: 'created', header: 'Signed in', cell: ({ createdAt }) => <RelativeTime at={createdAt} /> },
  { id: 'seen', header: 'Last seen', cell: ({ lastSeenAt }) => <RelativeTime at={lastSeenAt} /> },
  { id: 'expires', header: 'Ends', cell: ({ expiresAt }) => <RelativeTime at={expiresAt} /> },
  {
    id: 'end',
    header: '',
    align: 'right',
    cell: (session) => (
      <Button
        size="sm"
        variant="destructive"
        fill="outline"
        aria-label={session.current ? 'End my session' : `End the session of ${session.name}`}
        onClick={() => onEnd(session)}
      >
        End
      </Button>
    ),
  },
];
