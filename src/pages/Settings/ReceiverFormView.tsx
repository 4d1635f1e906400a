import { Alert, Button, Field, Input, Stack } from '@grafana/ui';
import { useState } from 'react';
import { createReceiver, updateReceiver } from '../../api/routing.ts';
import { useAction } from '../../host/useChange.ts';
import { t } from '../../i18n/t.ts';
import { RECEIVER_FORMS, type ReceiverField } from './receiverFields.ts';
import {
  readReceiver,
  receiverFieldOf,
  type ReceiverErrors,
  type ReceiverForm,
  type ReceiverInput,
} from './receiverForm.ts';
import { SecretField } from './SecretField.tsx';

export interface ReceiverFormViewProps {
  readonly start: ReceiverForm;
  readonly isNew: boolean;
  readonly onDone: () => void;
}

const EXAMPLE = 'shop-pager';
const inputId = (name: string): string => `receiver-${name}`;

/** The settings of one receiver; a secret shows only whether there is one. */
export function ReceiverFormView({ start, isNew, onDone }: ReceiverFormViewProps) {
  const [form, setForm] = useState(start);
  const [errors, setErrors] = useState<ReceiverErrors>({});
  const save = useSave(isNew, onDone);
  const submit = () => {
    const read = readReceiver(form);
    setErrors(read.ok ? {} : read.errors);
    if (read.ok) {
      save.mutate(read.input, {
        onError: (error) =>
          setErrors(Object.fromEntries(error.errors.map(({ path, message }) => [receiverFieldOf(path), message]))),
      });
    } else {
      document.getElementById(inputId(Object.keys(read.errors)[0] ?? 'name'))?.focus();
    }
  };
  /** What was wrong with a field is out of date once it is changed. */
  const forget = (name: string) => setErrors(({ [name]: _gone, ...rest }) => rest);
  const set = (name: string, text: string) => {
    forget(name);
    setForm({ ...form, values: { ...form.values, [name]: text } });
  };
  return (
    <form
      noValidate
      aria-label={t('settings.receiver-form-view.receiver', 'Receiver')}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {save.error && save.error.errors.length === 0 && (
        <Alert
          severity="error"
          title={t('settings.receiver-form-view.the-receiver-was-not-saved', 'The receiver was not saved')}
        >
          {t('settings.receiver-form-view.what-you-typed-is-still', '{{message}} What you typed is still here.', {
            message: save.error.message,
          })}
        </Alert>
      )}
      {isNew && (
        <Field
          label={t('settings.receiver-form-view.name', 'Name')}
          description={t('settings.receiver-form-view.stands-in-routes-and-in', 'Shown in routes and in the history.')}
          invalid={errors['name'] !== undefined}
          error={errors['name']}
        >
          <Input
            id={inputId('name')}
            value={form.name}
            placeholder={EXAMPLE}
            autoComplete="off"
            onChange={(event) => {
              forget('name');
              setForm({ ...form, name: event.currentTarget.value });
            }}
          />
        </Field>
      )}
      {RECEIVER_FORMS[form.kind].fields.map((field) => (
        <SettingField
          key={field.name}
          field={field}
          form={form}
          error={errors[field.name]}
          onType={(text) => set(field.name, text)}
          onReplace={() => setForm({ ...form, kept: new Map([...form.kept].filter(([name]) => name !== field.name)) })}
        />
      ))}
      <Stack>
        <Button type="submit" disabled={save.isPending}>
          {isNew
            ? t('settings.receiver-form-view.add-receiver', 'Add receiver')
            : t('settings.receiver-form-view.save-changes', 'Save changes')}
        </Button>
      </Stack>
    </form>
  );
}

function useSave(isNew: boolean, onDone: () => void) {
  return useAction(
    (client, input: ReceiverInput) => client.call(isNew ? createReceiver : updateReceiver, input),
    ['receivers'],
    {
      quiet: true,
      done({ receiver: { name } }) {
        onDone();
        return isNew
          ? t(
              'settings.receiver-form-view.receiver-added-send-it-a',
              'Receiver {{name}} added: send it a test, and add a route to it',
              { name }
            )
          : t('settings.receiver-form-view.receiver-saved-test-it-again', 'Receiver {{name}} saved: test it again', {
              name,
            });
      },
    }
  );
}

interface SettingFieldProps {
  readonly field: ReceiverField;
  readonly form: ReceiverForm;
  readonly error: string | undefined;
  readonly onType: (text: string) => void;
  readonly onReplace: () => void;
}

function SettingField({ field, form, error, onType, onReplace }: SettingFieldProps) {
  const { name, label, description, required, secret, placeholder } = field;
  const value = form.values[name] ?? '';
  const input = { id: inputId(name), placeholder, value, onType };
  return (
    <Field
      label={required ? label : t('settings.receiver-form-view.optional', '{{label}} (optional)', { label })}
      description={description}
      invalid={error !== undefined}
      error={error}
      htmlFor={inputId(name)}
    >
      {secret ? (
        <SecretField
          {...input}
          label={label}
          isOpen={field.form === 'address'}
          isSet={form.kept.has(name)}
          shown={form.kept.get(name)}
          onReplace={onReplace}
        />
      ) : (
        <Input
          id={input.id}
          placeholder={placeholder}
          value={value}
          autoComplete="off"
          onChange={(event) => onType(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}
