import { readFileSync } from 'node:fs';
import { readSettings, secretPath } from './config.ts';
import { consoleUrl } from './loginLink.ts';

/** How programs on the engine's own machine reach it. */
export interface LocalEngine {
  readonly url: string;
  readonly dataDir: string;
  /** Absent while nobody has set one and no engine has made it. */
  readonly adminToken: string | undefined;
  /** Where the engine keeps the token that it has made. */
  readonly tokenFile: string;
}

/**
 * Reads the settings as the engine does: from the environment, `…_FILE` and the file of `PHAROS_CONFIG`. Makes nothing.
 * @throws ConfigError naming the setting and what was expected
 */
export function readLocalEngine(env: NodeJS.ProcessEnv): LocalEngine {
  const { adminToken, dataDir, listen, port } = readSettings(env);
  const tokenFile = secretPath(dataDir, 'adminToken');
  return {
    url: consoleUrl({ publicUrl: null, listen, port }),
    dataDir,
    adminToken: adminToken ?? readKept(tokenFile),
    tokenFile,
  };
}

function readKept(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim() || undefined;
  } catch {
    return undefined;
  }
}
