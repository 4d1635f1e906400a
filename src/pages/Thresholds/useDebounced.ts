import { useEffect, useState } from 'react';

/** The value once it has stood still for so many milliseconds. Values are compared by their JSON. */
export function useDebounced<T>(value: T, ms: number): T {
  const [settled, setSettled] = useState(value);
  const text = JSON.stringify(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
    // A new object with the same content is the same value.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [text, ms]);
  return settled;
}
