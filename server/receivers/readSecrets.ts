import type { Json } from '../../src/core/json.ts';
import type { Secrets } from '../secrets.ts';
import type { StoredReceiver } from '../store/store.ts';
import type { ReceiverSettings } from './receiver.ts';

/** The secret settings of a receiver in the clear; undefined when the engine's key is another one than they were written with. */
export function readSecrets(
  secrets: Pick<Secrets, 'decrypt'> | undefined,
  receiver: StoredReceiver
): ReceiverSettings | undefined {
  if (receiver.secrets === '') {
    return {};
  }
  try {
    const clear = secrets?.decrypt(receiver.secrets);
    return clear !== undefined && isObject(clear) ? clear : undefined;
  } catch {
    return undefined;
  }
}

const isObject = (value: Json): value is ReceiverSettings =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
