const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** As Grafana's extension points do: everything frozen, behind a proxy whose reads hand out wrapped copies, and so throw. */
export function grafanaContext<T extends object>(value: T): T {
  deepFreeze(value);
  return readOnly(value);
}

function deepFreeze(value: unknown): void {
  if (isObject(value) && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
}

const readOnly = <T extends object>(value: T): T =>
  new Proxy(value, {
    get(target, name) {
      const held: unknown = Reflect.get(target, name);
      return isObject(held) ? readOnly(held) : held;
    },
    set: () => false,
    defineProperty: () => false,
    deleteProperty: () => false,
  });

/** An object that answers nothing at all. */
export const hostile = (): object => {
  const refuse = () => {
    throw new TypeError('not for you');
  };
  return new Proxy({}, { get: refuse, getOwnPropertyDescriptor: refuse, ownKeys: refuse, has: refuse });
};
