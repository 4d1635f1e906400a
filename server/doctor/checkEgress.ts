import { messageOf } from '../errors.ts';
import { checkDestination } from '../receivers/guard.ts';
import { readSecrets } from '../receivers/readSecrets.ts';
import { RECEIVERS } from '../receivers/receivers.ts';
import type { StoredReceiver } from '../store/store.ts';
import { fine, problem, warning, type Check, type Finding, type Patient } from './check.ts';

/** Opens every address there is. */
const EVERYTHING = new Set(['0.0.0.0/0', '::/0']);

/** Whether the rules for what receivers may reach are not too wide, and let the receivers' addresses through. */
export const checkEgress: Check = async (patient) => {
  const { egressAllow: allow } = patient.settings;
  const wide = allow
    .filter((entry) => EVERYTHING.has(entry))
    .map((entry) =>
      warning(
        `PHAROS_EGRESS_ALLOW opens ${entry}: whoever may add a receiver can reach every private address from here.`,
        'Name the networks or host:port that receivers need.'
      )
    );
  const refused = await Promise.all(
    ((await patient.store?.read.receivers.listAll()) ?? []).map((receiver) => examine(receiver, patient))
  );
  const found = [...wide, ...refused.flat()];
  const rules = allow.length === 0 ? 'Only public https addresses may be reached' : `Open besides: ${allow.join(', ')}`;
  return found.length > 0 ? found : [fine(`${rules}; no receiver is shut out by that.`)];
};

async function examine(receiver: StoredReceiver, patient: Patient): Promise<readonly Finding[]> {
  const secrets = readSecrets(patient.secrets, receiver);
  if (secrets === undefined) {
    return [
      problem(
        `The secrets of ${receiver.name} cannot be decrypted with the key of this data directory.`,
        'Put the old secret_key back, or enter the secrets again on the page Settings.'
      ),
    ];
  }
  const settings = { ...receiver.settings, ...secrets };
  const addresses = RECEIVERS[receiver.kind].urlSettings.map((name) => settings[name]);
  const found = await Promise.all(
    addresses
      .filter((address) => typeof address === 'string')
      .map((address) => tryAddress(receiver.name, address, patient))
  );
  return found.flat();
}

async function tryAddress(name: string, address: string, { settings, resolve }: Patient): Promise<readonly Finding[]> {
  try {
    await checkDestination(address, { allow: settings.egressAllow }, resolve);
    return [];
  } catch (error) {
    return [
      problem(
        `${name} cannot be reached: ${messageOf(error)}`,
        'Check its address, or name its host:port in PHAROS_EGRESS_ALLOW.'
      ),
    ];
  }
}
