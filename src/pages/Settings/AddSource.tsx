import { Alert, Button, Combobox, Field, Input, Stack } from '@grafana/ui';
import { useState } from 'react';
import { createSource, type SourceView } from '../../api/access.ts';
import { useChange } from '../../host/useChange.ts';
import { t } from '../../i18n/t.ts';
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
  {
    name: 'name',
    get label() {
      return t('settings.add-source.name', 'Name');
    },
    get description() {
      return t('settings.add-source.letters-digits-dot-dash-underscore', 'Letters, digits, dot, dash, underscore.');
    },
    placeholder: 'prometheus-eu',
  },
  {
    name: 'url',
    get label() {
      return t('settings.add-source.address', 'Address');
    },
    get description() {
      return t('settings.add-source.as-the-engine-reaches-it', 'As the engine reaches it.');
    },
    placeholder: 'https://prometheus.example.com',
  },
  {
    name: 'tenant',
    get label() {
      return t('settings.add-source.tenant-optional', 'Tenant (optional)');
    },
    get description() {
      return t('settings.add-source.sent-as-x-scope-orgid', 'Sent as X-Scope-OrgID.');
    },
    placeholder: '',
  },
  {
    name: 'token',
    get label() {
      return t('settings.add-source.bearer-token-optional', 'Bearer token (optional)');
    },
    get description() {
      return t('settings.add-source.kept-encrypted-never-shown-again', 'Stored encrypted, never shown again.');
    },
    placeholder: '',
  },
];

const EMPTY: Readonly<Record<FieldName, string>> = { name: '', url: '', tenant: '', token: '' };

interface AddSourceProps {
  /** Those of which there is none yet, as one of each is asked. */
  readonly kinds: ReadonlyArray<SourceView['kind']>;
  readonly onDone: () => void;
}

/** A source of one's own beside those of the deployment. */
export function AddSource({ kinds, onDone }: AddSourceProps) {
  const [kind, setKind] = useState<SourceView['kind']>(kinds[0] ?? 'prometheus');
  const [values, setValues] = useState(EMPTY);
  const create = useChange(createSource, {
    quiet: true,
    done({ source }) {
      onDone();
      return t(
        'settings.add-source.source-added-its-state-stands',
        'Source {{name}} added: its state is shown here within a minute',
        { name: source.name }
      );
    },
  });
  const { error } = create;
  const submit = () => {
    const { token, ...rest } = values;
    create.mutate({ kind, ...rest, ...(token === '' ? {} : { token }) });
  };
  return (
    <Section title={t('settings.add-source.add-a-source', 'Add a source')}>
      {error && error.errors.length === 0 && (
        <Alert severity="error" title={t('settings.add-source.the-source-was-not-added', 'The source was not added')}>
          {error.message}
        </Alert>
      )}
      <FormRow
        label={t('settings.add-source.add-a-source', 'Add a source')}
        onSubmit={submit}
        action={
          <Stack gap={1}>
            <Button type="submit" disabled={create.isPending}>
              {t('settings.add-source.add-source', 'Add source')}
            </Button>
            <Button variant="secondary" onClick={onDone}>
              {t('settings.add-source.cancel', 'Cancel')}
            </Button>
          </Stack>
        }
      >
        <Field noMargin label={t('settings.add-source.kind', 'Kind')} description={SOURCE_KIND_WORDS[kind].description}>
          <Combobox
            id="source-kind"
            options={kinds.map((value) => ({ value, ...SOURCE_KIND_WORDS[value] }))}
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
