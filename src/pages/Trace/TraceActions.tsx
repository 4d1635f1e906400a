import { Button, ClipboardButton } from '@grafana/ui';
import type { Trace } from '../../core/traces/trace.ts';
import { useHost } from '../../host/HostContext.ts';
import { t } from '../../i18n/t.ts';
import { saveTrace } from './saveTrace.ts';
import { OpenFileButton } from './OpenFileButton.tsx';

export interface TraceActionsProps {
  /** Undefined while there is none. */
  readonly trace: Trace | undefined;
  /** The address leads nowhere for others. */
  readonly isFile?: boolean;
  readonly onFile: (file: File) => void;
}

/** What can be done with a trace as a whole. */
export function TraceActions({ trace, isFile = false, onFile }: TraceActionsProps) {
  const { navigation } = useHost();
  return (
    <>
      {trace !== undefined && !isFile && (
        <ClipboardButton
          icon="link"
          variant="secondary"
          getText={() => {
            const { path, search } = navigation.current();
            return new URL(navigation.href(path + search), window.location.href).href;
          }}
        >
          {t('trace.trace-actions.copy-link', 'Copy link')}
        </ClipboardButton>
      )}
      {trace !== undefined && (
        <Button icon="download-alt" variant="secondary" onClick={() => saveTrace(trace)}>
          {t('trace.trace-actions.download', 'Download JSON')}
        </Button>
      )}
      <OpenFileButton onFile={onFile} />
    </>
  );
}
