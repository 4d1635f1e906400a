import { createContext, useContext } from 'react';

export interface Notice {
  readonly message: string;
  /** Default: success. */
  readonly variant?: 'success' | 'info' | 'warning' | 'error';
  /** Offered for as long as the notice stands. */
  readonly undo?: () => void;
}

export type Notify = (notice: Notice) => void;

export const NotifyContext = createContext<Notify | undefined>(undefined);

/** Says something in passing, in the corner of the page. */
export function useNotify(): Notify {
  const notify = useContext(NotifyContext);
  if (notify === undefined) {
    throw new Error('useNotify: expected a HostProvider around this component');
  }
  return notify;
}
