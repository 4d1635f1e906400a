import { Field, Input } from '@grafana/ui';
import { useState } from 'react';
import { traceIdsIn } from '../../core/traces/traceIdsIn.ts';
import { useHost } from '../../host/HostContext.ts';
import { tracePath } from '../../host/tracePath.ts';
import { t } from '../../i18n/t.ts';

/** Opens a trace by its id, by a `traceparent` header, or by whatever link has the id in it. */
export function FindTrace() {
  const { navigation } = useHost();
  const [text, setText] = useState('');
  const [isWrong, setWrong] = useState(false);
  const open = (): void => {
    const [id] = traceIdsIn(text);
    setWrong(id === undefined);
    if (id !== undefined) {
      navigation.go(tracePath(id));
    }
  };
  return (
    <Field noMargin invalid={isWrong} error={t('traces.find-trace.no-id', 'There is no trace id in this text.')}>
      <Input
        aria-label={t('traces.find-trace.open-by-id', 'Open a trace by its id')}
        placeholder={t('traces.find-trace.id', 'Trace id or traceparent')}
        width={28}
        spellCheck={false}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setWrong(false);
        }}
        onKeyDown={(event) => event.key === 'Enter' && text.trim() !== '' && open()}
      />
    </Field>
  );
}
