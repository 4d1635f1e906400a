import { withoutAddresses } from '../withoutAddresses.ts';

/** Begins what the guard says of an address: it goes on with the host, and with what that leads to. */
export const REFUSED = 'its address is refused';

const REFUSAL = new RegExp(`${REFUSED}: .*`, 's');

/** Why a delivery failed, for those who may not know where receivers lead. */
export const tellFailure = (message: string): string => withoutAddresses(message.replace(REFUSAL, REFUSED));
