import type { DeliveryResult } from './receiver.ts';

/** What a person has to know of a delivery and mend: why it failed, or whom it left out. Null when all is well. */
export const shortfallOf = (result: DeliveryResult): string | null =>
  result.ok && result.isPartial !== true ? null : result.message;
