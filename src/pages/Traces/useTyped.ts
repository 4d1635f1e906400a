import { useState } from 'react';

/** What is typed, until the value that it began with changes. */
export function useTyped(value: string): readonly [text: string, setText: (text: string) => void] {
  const [typed, setTyped] = useState({ value, text: value });
  if (typed.value !== value) {
    setTyped({ value, text: value });
  }
  return [typed.value === value ? typed.text : value, (text) => setTyped({ value, text })];
}
