import { Button } from '@grafana/ui';
import { useRef } from 'react';
import { t } from '../../i18n/t.ts';

export interface OpenFileButtonProps {
  readonly onFile: (file: File) => void;
  readonly isPrimary?: boolean;
}

/** JSON, gzipped or not, and protobuf; what it is, its content says. */
const ACCEPT = '.json,.jsonl,.ndjson,.gz,.pb,.proto,.bin,.txt,application/json';

/** Chooses a file with a trace. */
export function OpenFileButton({ onFile, isPrimary = false }: OpenFileButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button variant={isPrimary ? 'primary' : 'secondary'} icon="folder-open" onClick={() => input.current?.click()}>
        {t('trace.open-file-button.open-file', 'Open file')}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        accept={ACCEPT}
        aria-label={t('trace.open-file-button.file', 'File with a trace')}
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          // The same file can be chosen again.
          currentTarget.value = '';
          if (file !== undefined) {
            onFile(file);
          }
        }}
      />
    </>
  );
}
