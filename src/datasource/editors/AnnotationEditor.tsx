import { Text, Stack } from '@grafana/ui';
import { t } from '../../i18n/t.ts';
import { QueryFields } from './QueryFields.tsx';
import type { PharosEditorProps } from './QueryEditor.tsx';
import { useEachOnce } from './useEachOnce.ts';

/** Annotations are events of the history: what is left to choose is which. */
export function AnnotationEditor({ datasource, query, onChange, onRunQuery }: PharosEditorProps) {
  const change = useEachOnce(query, (changed) => {
    onChange({ ...changed, queryType: 'history' });
    onRunQuery();
  });
  return (
    <Stack direction="column" gap={2}>
      <Text color="secondary">
        {t(
          'datasource.annotation-editor.marks-what-happened-to-alerts',
          'Marks what happened to alerts within the time range, with a title, the reason and tags.'
        )}
      </Text>
      <QueryFields {...{ query, datasource, queryType: 'history' }} onChange={change} />
    </Stack>
  );
}
