/**
 * A property's value, or undefined. Grafana hands contexts out behind proxies over frozen objects: reading such a property plainly
 * throws, since a proxy may not answer with a wrapped copy where the object itself is fixed; its descriptor can be read.
 */
export function own(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  try {
    return Object.getOwnPropertyDescriptor(value, name)?.value;
  } catch {
    return undefined;
  }
}

/** Empty when the property is no text. */
export function ownText(value: unknown, name: string): string {
  const text = own(value, name);
  return typeof text === 'string' ? text : '';
}

/** Items of an array; empty for anything else. */
export function items(list: unknown): unknown[] {
  const length = Array.isArray(list) ? own(list, 'length') : 0;
  return Array.from({ length: typeof length === 'number' ? length : 0 }, (_, index) => own(list, String(index)));
}

function namesOf(value: unknown): string[] {
  try {
    return typeof value === 'object' && value !== null ? Object.getOwnPropertyNames(value) : [];
  } catch {
    return [];
  }
}

/** The properties that are texts. */
export function texts(value: unknown): Array<[name: string, text: string]> {
  return namesOf(value).flatMap((name) => {
    const text = own(value, name);
    return typeof text === 'string' ? [[name, text] satisfies [string, string]] : [];
  });
}
