import { useState } from 'react';
import type { AppSettings, AppSettingsPort } from '../../host/appSettings.ts';

export type SaveState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'saving' }
  | { readonly kind: 'saved' }
  | { readonly kind: 'failed'; readonly message: string };

/** Saving, and how it went. */
export function useSave(port: AppSettingsPort): {
  readonly state: SaveState;
  readonly save: (settings: AppSettings) => void;
  readonly addDataSource: (datasourceUid: string) => void;
} {
  const [state, setState] = useState<SaveState>({ kind: 'idle' });
  const failed = (error: unknown): void =>
    setState({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  return {
    state,
    save(settings) {
      setState({ kind: 'saving' });
      port.save(settings).then(() => setState({ kind: 'saved' }), failed);
    },
    addDataSource(datasourceUid) {
      setState({ kind: 'saving' });
      // Then Grafana's page of it opens.
      port.addDataSource(datasourceUid).catch(failed);
    },
  };
}
