import type { DeployEvidence } from '../../../src/core/evidence/evidence.ts';
import { findDeploys, versionsOf } from '../../../src/core/evidence/findDeploys.ts';
import { deployWindow } from '../../../src/core/evidence/windows.ts';
import { seconds } from '../../../src/core/units.ts';
import type { Deps } from '../../deps.ts';
import { noLongerKept } from '../system/noLongerKept.ts';
import { askInTime, PART_MS } from './askInTime.ts';
import { unaskable, type Subject } from './subject.ts';

/** How exactly the moment of a deploy is known: as often as anybody scrapes. Four hours of it are 2,880 points; Prometheus gives 11,000. */
const STEP = seconds(5);

const HOW_VERSIONS_ARE_TOLD =
  'with build_info{version} or target_info{service_version} among the metrics, its deploys would be shown here.';

/** Deploys of the service around the moment, by the versions that its metrics carry. */
export async function deploysOf(deps: Deps, subject: Subject): Promise<DeployEvidence> {
  const { namespace, service, at, now, signal } = subject;
  const window = deployWindow(at, now);
  const none = { items: [], versions: [], window };
  const prometheus = deps.sources.prometheus(namespace);
  const brings = service === '' ? 'its deploys' : `the deploys of ${service}`;
  const problem = unaskable(subject, { kind: 'Prometheus', configured: prometheus !== undefined, brings });
  if (problem !== null || prometheus === undefined) {
    return { ...none, query: null, problem };
  }
  const query = deps.discovery.versionsExpr(namespace, service);
  if (query === undefined) {
    return { ...none, query: null, problem: `No metric shows the version of ${service}: ${HOW_VERSIONS_ARE_TOLD}` };
  }
  const inTime = { clock: deps.clock, signal, ms: PART_MS, who: 'Prometheus' };
  const answered = await askInTime(inTime, (limited) =>
    prometheus.range(query, { ...window, step: STEP, signal: limited })
  );
  if ('failed' in answered) {
    return { ...none, query, problem: `${answered.failed} Deploys of ${service} are missing here.` };
  }
  const versions = versionsOf(answered.answer);
  const gone = versions.length > 0 ? null : await noLongerKept(prometheus, { from: window.from, now, signal });
  const untold =
    versions.length > 0
      ? null
      : (gone ?? `No metric showed the version of ${service} in this time: ${HOW_VERSIONS_ARE_TOLD}`);
  return { window, query, items: findDeploys(answered.answer), versions, problem: untold };
}
