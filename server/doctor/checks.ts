import { checkAudit } from './checkAudit.ts';
import { checkBackups } from './checkBackups.ts';
import { checkClock } from './checkClock.ts';
import { checkConfiguration } from './checkConfiguration.ts';
import { checkDataDirectory } from './checkDataDirectory.ts';
import { checkEgress } from './checkEgress.ts';
import { checkGrafana } from './checkGrafana.ts';
import { checkPorts } from './checkPorts.ts';
import { checkReceivers } from './checkReceivers.ts';
import { checkRetention } from './checkRetention.ts';
import { checkSecrets } from './checkSecrets.ts';
import { checkSources } from './checkSources.ts';
import { checkStore } from './checkStore.ts';
import type { Check } from './check.ts';

/** In the order of the report. A check is one file and one line here. */
export const CHECKS: ReadonlyArray<readonly [name: string, check: Check]> = [
  ['configuration', checkConfiguration],
  ['data directory', checkDataDirectory],
  ['secrets', checkSecrets],
  ['store', checkStore],
  ['audit', checkAudit],
  ['backups', checkBackups],
  ['ports', checkPorts],
  ['clock', checkClock],
  ['sources', checkSources],
  ['retention', checkRetention],
  ['receivers', checkReceivers],
  ['egress', checkEgress],
  ['grafana', checkGrafana],
];
