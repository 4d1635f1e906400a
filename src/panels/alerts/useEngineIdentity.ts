import { useEffect, useState } from 'react';
import { getMe } from '../../api/access.ts';
import { ApiError } from '../../api/apiError.ts';
import { realTiming, type Client } from '../../api/client.ts';
import type { Host } from '../../host/host.ts';
import type { KnownIdentity } from '../../host/useIdentity.ts';

const RETRY_MS = 15_000;

/** Whoever looks may not call the engine, or there is nothing to call: asking again would not help. */
const FINAL: ReadonlySet<number> = new Set([400, 401, 403, 404]);

async function ask(client: Client, signal: AbortSignal): Promise<KnownIdentity | undefined> {
  for (;;) {
    try {
      return await client.call(getMe, {}, { signal, tries: 1 });
    } catch (error) {
      if (signal.aborted || (error instanceof ApiError && FINAL.has(error.status))) {
        return undefined;
      }
      await realTiming.sleep(RETRY_MS, signal);
    }
  }
}

/**
 * Who is looking, as the engine sees them: undefined where it cannot be asked, as on a public dashboard, and until it answers.
 * Silent, since a panel lives from its query; what needs the engine only adds to it.
 */
export function useEngineIdentity(host: Host | undefined): KnownIdentity | undefined {
  const [known, setKnown] = useState<{ readonly host: Host; readonly identity: KnownIdentity | undefined }>();
  useEffect(() => {
    if (host === undefined) {
      return undefined;
    }
    const controller = new AbortController();
    ask(host.client, controller.signal).then(
      (identity) => setKnown({ host, identity }),
      () => undefined
    );
    return () => controller.abort(new Error('the panel is gone'));
  }, [host]);
  return known?.host === host ? known?.identity : undefined;
}
