import { Combobox, Field, Input, TextArea, TimeRangeInput } from '@grafana/ui';
import type { ReactNode } from 'react';
import { listServices } from '../../api/system.ts';
import { listTraceAttributeValues } from '../../api/traces.ts';
import { traceIdsIn } from '../../core/traces/traceIdsIn.ts';
import { useOperation } from '../../host/useOperation.ts';
import { writeRangeEnd } from '../../ui/addressRange.ts';
import { useDisplay } from '../../ui/display.ts';
import { zoneName } from '../../ui/formatTime.ts';
import { atField, rangeOf, writeAt, type CompareField, type CompareForm } from './compareForm.ts';

export interface SideFieldProps {
  /** Of the input, to be focused by. */
  readonly id: string;
  readonly name: CompareField;
  readonly form: CompareForm;
  readonly error: string | undefined;
  readonly onChange: (change: Partial<CompareForm>) => void;
}

/** A search that is parted into both sides has one limit. */
const LIMIT_WORDS: Partial<Readonly<Record<CompareForm['kind'], string>>> = {
  slow: 'Traces of both sides, at most',
  selection: 'Traces of the search, at most',
};

/** By name; the ends of a window are part of the field that has its start. */
const FIELDS: Readonly<Record<CompareField, (props: SideFieldProps) => ReactNode>> = {
  a: (props) => <SideOf {...props} side="a" kind={props.form.kind} />,
  b: (props) => <SideOf {...props} side="b" kind={props.form.kind} />,
  q: (props) => <TextField {...props} label="TraceQL" placeholder="{ }" />,
  service: (props) => <ServiceField {...props} />,
  from: (props) => <WindowField {...props} />,
  to: () => null,
  afrom: (props) => <WindowField {...props} />,
  ato: () => null,
  at: (props) => <MomentField {...props} />,
  each: (props) => <TextField {...props} label="How long before and after" placeholder="15m" />,
  ids: (props) => <SelectionField {...props} />,
  limit: (props) => (
    <TextField {...props} label={LIMIT_WORDS[props.form.kind] ?? 'Traces of each side, at most'} placeholder="100" />
  ),
};

/** One field of the form, by what it holds. */
export const SideField = (props: SideFieldProps) => FIELDS[props.name](props);

type SideOfProps = SideFieldProps & { readonly side: 'a' | 'b'; readonly kind: CompareForm['kind'] };

function SideOf({ side, kind, ...props }: SideOfProps) {
  const letter = side.toUpperCase();
  if (kind === 'traces') {
    return <IdsField {...props} label={`${letter}: trace ids or links`} />;
  }
  return kind === 'versions' ? (
    <VersionField {...props} label={`${letter}: version`} />
  ) : (
    <TextField {...props} label={`${letter}: TraceQL`} placeholder="{ }" />
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

function IdsField({ id, name, form, error, onChange, label }: Labelled) {
  const count = traceIdsIn(form[name]).length;
  return (
    <Field
      noMargin
      label={label}
      description={count > 1 ? `${count} traces` : 'One or several: ids, links, or traceparent headers'}
      {...invalid(error)}
    >
      <TextArea
        id={id}
        rows={2}
        value={form[name]}
        spellCheck={false}
        placeholder="4bf92f3577b34da6a3ce929d0e0e4736"
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
        placeholder="Such as 1.4.2"
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
    <Field noMargin label="Service" {...invalid(error)}>
      <Combobox
        id={id}
        placeholder="Choose a service"
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
  const label = form.kind === 'queries' ? `${name === 'afrom' ? 'A' : 'B'}: when` : 'When';
  return (
    <Field noMargin label={label}>
      <TimeRangeInput
        value={rangeOf(form[from] || form.from, form[to] || form.to, timeZone)}
        timeZone={timeZone}
        onChange={({ raw }) => onChange({ [from]: writeRangeEnd(raw.from), [to]: writeRangeEnd(raw.to) })}
      />
    </Field>
  );
}

function MomentField({ id, form, error, onChange }: SideFieldProps) {
  const { timeZone } = useDisplay();
  return (
    <Field noMargin label="The moment" description={`In ${zoneName(timeZone)}`} {...invalid(error)}>
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
    <Field noMargin label="B: the selection" description="Chosen in the search">
      <Input id={id} readOnly value={`${count} ${count === 1 ? 'trace' : 'traces'}`} />
    </Field>
  );
}
