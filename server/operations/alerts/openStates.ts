/** What "open" means to a person: pending alerts have not fired yet. */
export const OPEN_STATES = ['firing', 'no_data', 'stale'] as const;
