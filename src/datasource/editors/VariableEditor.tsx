import type { QueryEditorProps } from '@grafana/data';
import { Combobox, Field, type ComboboxOption } from '@grafana/ui';
import {
  NAME_KINDS,
  type NameKind,
  type PharosApi,
  type PharosOptions,
  type PharosQuery,
  type VariableQuery,
} from '../query.ts';
import { useNames } from './useNames.ts';

type Props = QueryEditorProps<PharosApi, PharosQuery, PharosOptions, VariableQuery>;
export type VariableEditorProps = Pick<Props, 'datasource' | 'query' | 'onChange'>;

const WORDS: Readonly<Record<NameKind, readonly [label: string, description: string]>> = {
  services: ['Services', 'Those found in the metrics'],
  owners: ['Owners', 'Those that thresholds name'],
  severities: ['Severities', 'From critical to info'],
  states: ['States', 'Those that alerts are counted by'],
  signals: ['Signals', 'What can be measured of a service'],
};
const OPTIONS: Array<ComboboxOption<NameKind>> = NAME_KINDS.map((value) => {
  const [label, description] = WORDS[value];
  return { value, label, description };
});
const SHOWN = 5;

/** What the variable lists, with the first of what it would list now. */
export function VariableEditor({ datasource, query, onChange }: VariableEditorProps) {
  // A provisioned variable may hold the bare kind.
  const kind = NAME_KINDS.find((candidate) => candidate === (typeof query === 'string' ? query : query.find));
  const { names, isLoading, error } = useNames(datasource, kind);
  return (
    <Field noMargin label="List" description={isLoading ? undefined : nowSentence(names, error)}>
      <Combobox
        id="pharos-variable-find"
        width={32}
        placeholder="Choose what to list"
        options={OPTIONS}
        value={kind ?? null}
        onChange={({ value }) => onChange({ refId: `pharos-${value}`, find: value })}
      />
    </Field>
  );
}

function nowSentence(names: ReadonlyArray<{ readonly text: string }>, error: string | undefined): string | undefined {
  if (error !== undefined) {
    return `The list could not be loaded: ${error}`;
  }
  const shown = names.slice(0, SHOWN).map(({ text }) => text);
  const more = names.length > SHOWN ? ` and ${names.length - SHOWN} more` : '';
  return names.length === 0 ? 'There are none now.' : `Now ${shown.join(', ')}${more}.`;
}
