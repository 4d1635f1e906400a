import { days, formatDuration, type DurationMs } from '../../src/core/units.ts';
import { openSource, type SourceDefinition } from '../sources/openSource.ts';
import type { KeepingSource, Source } from '../sources/source.ts';
import { builtInSources } from './builtInSources.ts';
import { fine, warning, type Check, type Finding, type Patient } from './check.ts';

/** A month of past is what previews look back on. */
const NEEDED = days(31);

/** What is missed where one keeps less, and what to do. */
const LESS: Readonly<Record<SourceDefinition['kind'], readonly [missed: string, advice: string] | undefined>> = {
  prometheus: ['previews of thresholds look back a month', 'Start Prometheus with --storage.tsdb.retention.time=100d.'],
  loki: ['the log lines beside an older alert are gone', 'Set limits_config.retention_period of Loki to 744h or more.'],
  tempo: [
    'the traces of an older alert are gone, and the map of that time',
    'Set block_retention of Tempo (compactor.compaction, or backend_worker.compaction of Tempo 3) to 744h or more.',
  ],
  grafana: undefined,
};

/** Whether the sources of the deployment keep as much past as Pharos looks back on. */
export const checkRetention: Check = async (patient) => {
  const found = await Promise.all(builtInSources(patient.settings).map((definition) => examine(definition, patient)));
  const said = found.flat();
  return said.length > 0
    ? said
    : [fine('No source of the deployment says how long it keeps its data; a month is what previews look back on.')];
};

async function examine(definition: SourceDefinition, { clock, signal }: Patient): Promise<readonly Finding[]> {
  const less = LESS[definition.kind];
  const keeps = await keepsOf(definition, { clock, signal });
  if (less === undefined || keeps === undefined) {
    return [];
  }
  const [missed, advice] = less;
  const sentence = `${definition.name} keeps ${formatDuration(keeps)} of data`;
  return [keeps < NEEDED ? warning(`${sentence}; ${missed}.`, advice) : fine(`${sentence}.`)];
}

const isKeeping = (source: Source): source is KeepingSource => source.kind !== 'grafana';

async function keepsOf(
  definition: SourceDefinition,
  { clock, signal }: Pick<Patient, 'clock' | 'signal'>
): Promise<DurationMs | undefined> {
  const { source, close } = openSource(definition, { clock });
  try {
    return isKeeping(source) ? await source.keeps(signal) : undefined;
  } finally {
    await close();
  }
}
