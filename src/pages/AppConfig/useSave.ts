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
} {
  const [state, setState] = useState<SaveState>({ kind: 'idle' });
  return {
    state,
    save(settings) {
      setState({ kind: 'saving' });
      port.save(settings).then(
        () => setState({ kind: 'saved' }),
        (error: unknown) =>
          setState({ kind: 'failed', message: error instanceof Error ? error.message : String(error) })
      );
    },
  };
}
