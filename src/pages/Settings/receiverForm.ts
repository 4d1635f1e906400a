import type { InputOf } from '../../api/operation.ts';
import { createReceiver, type ReceiverView } from '../../api/routing.ts';
import { t } from '../../i18n/t.ts';
import { RECEIVER_FORMS, shownAddress, type ReceiverField, type ReceiverKind, type Setting } from './receiverFields.ts';

export interface ReceiverForm {
  readonly name: string;
  readonly kind: ReceiverKind;
  /** As typed, by field. */
  readonly values: Readonly<Record<string, string>>;
  /** Secrets that the engine has and that stay as they are, with what it tells of them: where an address leads. */
  readonly kept: ReadonlyMap<string, string | undefined>;
}

export type ReceiverInput = InputOf<typeof createReceiver>;
export type ReceiverErrors = Readonly<Record<string, string>>;

export const emptyReceiver = (kind: ReceiverKind): ReceiverForm => ({ name: '', kind, values: {}, kept: new Map() });

export function receiverFormOf({ name, kind, settings }: ReceiverView): ReceiverForm {
  const { fields } = RECEIVER_FORMS[kind];
  const kept = fields.filter((field) => field.secret && isSet(settings[field.name]));
  const shown = fields.filter((field) => !field.secret).map((field) => [field.name, textOf(settings[field.name])]);
  return {
    name,
    kind,
    values: Object.fromEntries(shown),
    kept: new Map(kept.map((field) => [field.name, shownAddress(settings[field.name])])),
  };
}

const isSet = (value: Setting): boolean => typeof value === 'object' && !Array.isArray(value) && value.set;

function textOf(value: Setting): string {
  if (value === undefined || isSet(value)) {
    return '';
  }
  return Array.isArray(value) ? value.join(', ') : String(value);
}

export type ReadReceiver =
  { readonly ok: true; readonly input: ReceiverInput } | { readonly ok: false; readonly errors: ReceiverErrors };

/** What to send, or what is missing by field. The engine judges the rest: it knows what it can reach. */
export function readReceiver(form: ReceiverForm): ReadReceiver {
  const { fields } = RECEIVER_FORMS[form.kind];
  const missing = fields
    .filter((field) => field.required && !form.kept.has(field.name) && (form.values[field.name] ?? '').trim() === '')
    .map(
      (field) =>
        [
          field.name,
          t('settings.receiver-form.must-not-be-empty', '{{label}} must not be empty.', { label: field.label }),
        ] as const
    );
  const named = createReceiver.input.shape.name.safeParse(form.name.trim());
  const nameError = named.success
    ? []
    : [
        [
          'name',
          t(
            'settings.receiver-form.enter-a-name-of-letters',
            'Enter a name of letters, digits, dots, dashes or underscores, such as shop-pager.'
          ),
        ] as const,
      ];
  const errors = Object.fromEntries([...nameError, ...missing]);
  if (Object.keys(errors).length > 0) {
    return { ok: false, errors };
  }
  const settings = Object.fromEntries(fields.flatMap((field) => settingOf(field, form)));
  return { ok: true, input: { name: form.name.trim(), kind: form.kind, settings } };
}

/** A kept secret is left out, which leaves it as it was; an emptied one is sent empty, which removes it. */
function settingOf(field: ReceiverField, { values, kept }: ReceiverForm): Array<readonly [string, string | string[]]> {
  const text = (values[field.name] ?? '').trim();
  if (kept.has(field.name) || (text === '' && !field.secret)) {
    return [];
  }
  return [[field.name, field.form === 'list' ? text.split(/[\s,;]+/).filter(Boolean) : text]];
}

/** `settings.to.0` and `settings.url` of the engine are `to` and `url` here. */
export const receiverFieldOf = (path: string): string => {
  const [head = '', name = ''] = path.split(/[.[\]]+/);
  return head === 'settings' ? name : head;
};
