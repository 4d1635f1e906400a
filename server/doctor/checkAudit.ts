import { witnessAgainst } from '../auditWitness.ts';
import { fine, problem, warning, type Check, type Finding } from './check.ts';

/** Whether the audit fits together, and with what the engine has noted of it outside of the database. */
export const checkAudit: Check = async ({ store, secrets: key, settings: { dataDir } }) => {
  if (store === undefined) {
    return [fine('There is none yet.')];
  }
  const { audit } = store.read;
  const found: Finding[] = [];
  let rows = 0;
  for (const namespace of await audit.namespaces()) {
    const verdict = await audit.verify(namespace);
    rows += verdict.rows;
    const advice = 'Compare with a backup: somebody has written into the database.';
    const against = key === undefined ? null : await witnessAgainst(audit, { dataDir, key }, namespace);
    if (!verdict.ok) {
      found.push(problem(`Row ${verdict.firstBadSeq ?? 1} of ${namespace} does not fit the row before it.`, advice));
    } else if (against !== null) {
      found.push(
        problem(`Of ${namespace}: ${against}`, `${advice} Where it was put back on purpose, remove audit-witness.json.`)
      );
    }
  }
  if (key === undefined && rows > 0) {
    found.push(warning('What was noted of its end cannot be read without the secret_key.', 'Put that file back.'));
  }
  return found.length > 0 ? found : [fine(`All rows fit together: ${rows}.`)];
};
