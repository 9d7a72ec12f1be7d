import type { Store } from '#store/index.ts';

/** The same store, counting each call of its repositories by name: every one is a way to the database and back. */
export const counted = (
  store: Store,
): { readonly store: Store; readonly calls: ReadonlyMap<string, number> } => {
  const calls = new Map<string, number>();
  const watched = (of: object, name: string): object =>
    new Proxy(of, {
      get: (target, key): unknown => {
        const value: unknown = Reflect.get(target, key);
        const called = `${name}.${String(key)}`;
        if (typeof value !== 'function') return value;
        return (...given: unknown[]): unknown => {
          calls.set(called, (calls.get(called) ?? 0) + 1);
          return Reflect.apply(value, target, given);
        };
      },
    });
  const whole = new Proxy(store, {
    get: (target, key): unknown => {
      const value: unknown = Reflect.get(target, key);
      return typeof value === 'object' && value !== null ? watched(value, String(key)) : value;
    },
  });
  return { store: whole, calls };
};
