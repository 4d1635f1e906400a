import { Alert, Button, Combobox, Field, Input, Stack } from '@grafana/ui';
import { useState } from 'react';
import { createSource, SOURCE_KINDS, type SourceView } from '../../api/access.ts';
import { useChange } from '../../host/useChange.ts';
import { Section } from '../../ui/Section.tsx';
import { FormRow } from './FormRow.tsx';
import { SOURCE_KIND_WORDS } from './sourceKinds.ts';

type FieldName = 'name' | 'url' | 'tenant' | 'token';

const FIELDS: ReadonlyArray<{
  readonly name: FieldName;
  readonly label: string;
  readonly description: string;
  readonly placeholder: string;
}> = [
  { name: 'name', label: 'Name', description: 'Letters, digits, dot, dash, underscore.', placeholder: 'prometheus-eu' },
  {
    name: 'url',
    label: 'Address',
    description: 'As the engine reaches it.',
    placeholder: 'https://prometheus.example.com',
  },
  { name: 'tenant', label: 'Tenant (optional)', description: 'Sent as X-Scope-OrgID.', placeholder: '' },
  {
    name: 'token',
    label: 'Bearer token (optional)',
    description: 'Kept encrypted, never shown again.',
    placeholder: '',
  },
];

const EMPTY: Readonly<Record<FieldName, string>> = { name: '', url: '', tenant: '', token: '' };

/** A source of one's own beside those of the deployment. */
export function AddSource({ onDone }: { onDone: () => void }) {
  const [kind, setKind] = useState<SourceView['kind']>('prometheus');
  const [values, setValues] = useState(EMPTY);
  const create = useChange(createSource, {
    quiet: true,
    done({ source }) {
      onDone();
      return `Source ${source.name} added: its state stands here within a minute`;
    },
  });
  const { error } = create;
  const submit = () => {
    const { token, ...rest } = values;
    create.mutate({ kind, ...rest, ...(token === '' ? {} : { token }) });
  };
  return (
    <Section title="Add a source">
      {error && error.errors.length === 0 && (
        <Alert severity="error" title="The source was not added">
          {error.message}
        </Alert>
      )}
      <FormRow
        label="Add a source"
        onSubmit={submit}
        action={
          <Stack gap={1}>
            <Button type="submit" disabled={create.isPending}>
              Add source
            </Button>
            <Button variant="secondary" onClick={onDone}>
              Cancel
            </Button>
          </Stack>
        }
      >
        <Field noMargin label="Kind" description={SOURCE_KIND_WORDS[kind].description}>
          <Combobox
            id="source-kind"
            options={SOURCE_KINDS.map((value) => ({ value, ...SOURCE_KIND_WORDS[value] }))}
            value={kind}
            onChange={({ value }) => setKind(value)}
          />
        </Field>
        {FIELDS.map(({ name, label, description, placeholder }) => (
          <Field
            key={name}
            noMargin
            label={label}
            description={description}
            invalid={error?.fieldError(name) !== undefined}
            error={error?.fieldError(name)}
          >
            <Input
              id={`source-${name}`}
              type={name === 'token' ? 'password' : 'text'}
              placeholder={placeholder}
              autoComplete={name === 'token' ? 'new-password' : 'off'}
              value={values[name]}
              onChange={(event) => setValues({ ...values, [name]: event.currentTarget.value })}
            />
          </Field>
        ))}
      </FormRow>
    </Section>
  );
}
