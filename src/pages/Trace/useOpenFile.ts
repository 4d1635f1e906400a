import { useCallback, useEffect, useRef, useState } from 'react';
import { useHost } from '../../host/HostContext.ts';
import { readTraceFile } from '../../ui/traces/readTraceFile.ts';
import type { ReadProgress } from '../../ui/traces/traceFileMessages.ts';
import { keepOpenedFile } from './openedFile.ts';

export interface FileOpening {
  /** Being read now. */
  readonly reading: { readonly name: string; readonly progress: ReadProgress } | undefined;
  /** Why the last one could not be read. */
  readonly problem: { readonly name: string; readonly message: string } | undefined;
  readonly open: (file: File) => void;
  readonly cancel: () => void;
}

export const FILE_PLACE = '/traces/file';

/** Reads a trace out of a file and goes to it. Nothing is sent anywhere. */
export function useOpenFile(): FileOpening {
  const { navigation } = useHost();
  const [state, setState] = useState<Pick<FileOpening, 'reading' | 'problem'>>(IDLE);
  const running = useRef<AbortController>(undefined);

  useEffect(() => () => running.current?.abort(), []);

  const open = useCallback(
    (file: File) => {
      running.current?.abort();
      const controller = new AbortController();
      running.current = controller;
      const tell = (progress: ReadProgress): void =>
        setState({ reading: { name: file.name, progress }, problem: undefined });
      tell({ stage: 'reading', share: 0 });
      readTraceFile(file, { signal: controller.signal, onProgress: tell }).then(
        ({ traces }) => {
          if (running.current === controller) {
            keepOpenedFile({ name: file.name, traces });
            setState(IDLE);
            navigation.go(FILE_PLACE);
          }
        },
        (error: unknown) => {
          if (running.current === controller && !controller.signal.aborted) {
            const message = error instanceof Error ? error.message : String(error);
            setState({ reading: undefined, problem: { name: file.name, message } });
          }
        }
      );
    },
    [navigation]
  );

  const cancel = useCallback(() => {
    running.current?.abort();
    setState(IDLE);
  }, []);

  return { ...state, open, cancel };
}

const IDLE = { reading: undefined, problem: undefined };
