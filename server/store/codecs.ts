import type { Flag } from './schema.ts';

/** Reads a JSON column that this store wrote; its shape is that of the codec that wrote it. */
export const fromJson = <T>(text: string): T => JSON.parse(text) as T;

export const toFlag = (value: boolean): Flag => (value ? 1 : 0);
