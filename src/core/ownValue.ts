/** What a record holds under a name that somebody chose: every object answers to `constructor` and `__proto__` too. */
export const ownValue = <T>(record: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;
