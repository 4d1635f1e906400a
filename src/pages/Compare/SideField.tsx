import { Combobox, Field, Input, TextArea } from '@grafana/ui';
import type { ReactNode } from 'react';
import { listServices } from '../../api/system.ts';
import { listTraceAttributeValues } from '../../api/traces.ts';
import { traceIdsIn } from '../../core/traces/traceIdsIn.ts';
import { useOperation } from '../../host/useOperation.ts';
import { t } from '../../i18n/t.ts';
import { writeRangeEnd } from '../../ui/addressRange.ts';
import { useDisplay } from '../../ui/display.ts';
import { zoneName } from '../../ui/formatTime.ts';
import { RangeField } from '../../ui/RangeField.tsx';
import { atField, rangeOf, writeAt, type CompareField, type CompareForm } from './compareForm.ts';

export interface SideFieldProps {
  /** Of the input, to be focused by. */
  readonly id: string;
  readonly name: CompareField;
  readonly form: CompareForm;
  readonly error: string | undefined;
  readonly onChange: (change: Partial<CompareForm>) => void;
}

/** The same in every language. */
const EXAMPLES = { each: '15m', limit: '100', ids: '4bf92f3577b34da6a3ce929d0e0e4736' };

/** A search that is parted into both sides has one limit. */
function limitLabel(kind: CompareForm['kind']): string {
  switch (kind) {
    case 'slow':
      return t('compare.side-field.limit-both', 'Trace limit, both sides');
    case 'selection':
      return t('compare.side-field.limit-search', 'Trace limit of the search');
    default:
      return t('compare.side-field.limit-each', 'Trace limit per side');
  }
}

/** By name; the ends of a window are part of the field that has its start. */
const FIELDS: Readonly<Record<CompareField, (props: SideFieldProps) => ReactNode>> = {
  a: (props) => <SideOf {...props} side="a" kind={props.form.kind} />,
  b: (props) => <SideOf {...props} side="b" kind={props.form.kind} />,
  q: (props) => <TextField {...props} label={t('compare.side-field.traceql', 'TraceQL')} placeholder="{ }" />,
  service: (props) => <ServiceField {...props} />,
  from: (props) => <WindowField {...props} />,
  to: () => null,
  afrom: (props) => <WindowField {...props} />,
  ato: () => null,
  at: (props) => <MomentField {...props} />,
  each: (props) => (
    <TextField
      {...props}
      label={t('compare.side-field.how-long', 'How long before and after')}
      placeholder={EXAMPLES.each}
    />
  ),
  ids: (props) => <SelectionField {...props} />,
  limit: (props) => <TextField {...props} label={limitLabel(props.form.kind)} placeholder={EXAMPLES.limit} />,
};

/** One field of the form, by what it holds. */
export const SideField = (props: SideFieldProps) => FIELDS[props.name](props);

type SideOfProps = SideFieldProps & { readonly side: 'a' | 'b'; readonly kind: CompareForm['kind'] };

function SideOf({ side, kind, ...props }: SideOfProps) {
  const letter = side.toUpperCase();
  if (kind === 'traces') {
    return <IdsField {...props} label={t('compare.side-field.ids', '{{letter}}: trace ids or links', { letter })} />;
  }
  return kind === 'versions' ? (
    <VersionField {...props} label={t('compare.side-field.version', '{{letter}}: version', { letter })} />
  ) : (
    <TextField
      {...props}
      label={t('compare.side-field.side-traceql', '{{letter}}: TraceQL', { letter })}
      placeholder="{ }"
    />
  );
}

type Labelled = SideFieldProps & { readonly label: string };

const invalid = (error: string | undefined) => ({ invalid: error !== undefined, error });

function TextField({ id, name, form, error, onChange, label, placeholder }: Labelled & { placeholder: string }) {
  return (
    <Field noMargin label={label} {...invalid(error)}>
      <Input
        id={id}
        value={form[name]}
        placeholder={placeholder}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onChange({ [name]: event.currentTarget.value })}
      />
    </Field>
  );
}

const tracesText = (count: number): string =>
  t('compare.side-field.traces', '', {
    count,
    defaultValue_one: '{{count}} trace',
    defaultValue_other: '{{count}} traces',
  });

function IdsField({ id, name, form, error, onChange, label }: Labelled) {
  const count = traceIdsIn(form[name]).length;
  return (
    <Field
      noMargin
      label={label}
      description={
        count > 1
          ? tracesText(count)
          : t('compare.side-field.one-or-several', 'One or several: ids, links, or traceparent headers')
      }
      {...invalid(error)}
    >
      <TextArea
        id={id}
        rows={2}
        value={form[name]}
        spellCheck={false}
        placeholder={EXAMPLES.ids}
        onChange={(event) => onChange({ [name]: event.currentTarget.value })}
      />
    </Field>
  );
}

function VersionField({ id, name, form, error, onChange, label }: Labelled) {
  const { data } = useOperation(listTraceAttributeValues, { attribute: 'resource.service.version', limit: 200 });
  return (
    <Field noMargin label={label} {...invalid(error)}>
      <Combobox
        id={id}
        placeholder={t('compare.side-field.such-as', 'Such as 1.4.2')}
        createCustomValue
        options={(data?.items ?? []).map((value) => ({ value, label: value }))}
        value={form[name] === '' ? null : form[name]}
        onChange={({ value }) => onChange({ [name]: value })}
      />
    </Field>
  );
}

function ServiceField({ id, form, error, onChange }: SideFieldProps) {
  const { data } = useOperation(listServices, {});
  return (
    <Field noMargin label={t('compare.side-field.service', 'Service')} {...invalid(error)}>
      <Combobox
        id={id}
        placeholder={t('compare.side-field.choose-a-service', 'Choose a service')}
        createCustomValue
        options={(data?.items ?? []).map(({ name }) => ({ value: name, label: name }))}
        value={form.service === '' ? null : form.service}
        onChange={({ value }) => onChange({ service: value })}
      />
    </Field>
  );
}

function WindowField({ name, form, onChange }: SideFieldProps) {
  const { timeZone } = useDisplay();
  const [from, to] = name === 'afrom' ? (['afrom', 'ato'] as const) : (['from', 'to'] as const);
  const label =
    form.kind === 'queries'
      ? t('compare.side-field.side-when', '{{letter}}: when', { letter: name === 'afrom' ? 'A' : 'B' })
      : t('compare.side-field.when', 'When');
  return (
    <Field noMargin label={label}>
      <RangeField
        value={rangeOf(form[from] || form.from, form[to] || form.to, timeZone)}
        onChange={({ raw }) => onChange({ [from]: writeRangeEnd(raw.from), [to]: writeRangeEnd(raw.to) })}
      />
    </Field>
  );
}

function MomentField({ id, form, error, onChange }: SideFieldProps) {
  const { timeZone } = useDisplay();
  return (
    <Field
      noMargin
      label={t('compare.side-field.the-moment', 'The moment')}
      description={t('compare.side-field.in-zone', 'In {{zone}}', { zone: zoneName(timeZone) })}
      {...invalid(error)}
    >
      <Input
        id={id}
        type="datetime-local"
        defaultValue={atField(form.at, timeZone)}
        onChange={(event) => onChange({ at: writeAt(event.currentTarget.value, timeZone) })}
      />
    </Field>
  );
}

function SelectionField({ id, form }: SideFieldProps) {
  const count = traceIdsIn(form.ids).length;
  return (
    <Field
      noMargin
      label={t('compare.side-field.the-selection', 'B: the selection')}
      description={t('compare.side-field.chosen', 'Selected in the search')}
    >
      <Input id={id} readOnly value={tracesText(count)} />
    </Field>
  );
}
