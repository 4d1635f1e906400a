import { createContext, useContext } from 'react';

export interface Display {
  /** IANA name, `utc`, or `browser`. */
  readonly timeZone: string;
}

/** How the viewer wants things shown. */
export const DisplayContext = createContext<Display>({ timeZone: 'browser' });

export const useDisplay = (): Display => useContext(DisplayContext);
