import { useLayoutEffect, useState } from 'react';

/** Width of an element in px, followed as it changes. Give the first to the element's `ref`; 0 until it is known. */
export function useWidth<E extends HTMLElement>(): readonly [(element: E | null) => void, number] {
  const [element, setElement] = useState<E | null>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    if (element === null) {
      return undefined;
    }
    const measure = () => setWidth(Math.floor(element.getBoundingClientRect().width));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [element]);
  return [setElement, width];
}
