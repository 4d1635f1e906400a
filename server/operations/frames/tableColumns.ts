import type { Json } from '../../../src/core/json.ts';
import type { EpochMs } from '../../../src/core/units.ts';
import { jsonColumn, numberColumn, textColumn, timeColumn, type Column } from './buildFrame.ts';

/** Makes one column of a table out of its rows. */
export type ColumnOf<Row> = (name: string, rows: readonly Row[]) => Column;

type Config = Readonly<Record<string, Json>>;

export const times =
  <Row>(pick: (row: Row) => EpochMs, config?: Config): ColumnOf<Row> =>
  (name, rows) =>
    timeColumn(name, rows.map(pick), config === undefined ? {} : { config });

export const texts =
  <Row>(pick: (row: Row) => string, config?: Config): ColumnOf<Row> =>
  (name, rows) =>
    textColumn(name, rows.map(pick), config === undefined ? {} : { config });

export const numbers =
  <Row>(pick: (row: Row) => number | null, config?: Config): ColumnOf<Row> =>
  (name, rows) =>
    numberColumn(name, rows.map(pick), config === undefined ? {} : { config });

export const objects =
  <Row>(pick: (row: Row) => Json): ColumnOf<Row> =>
  (name, rows) =>
    jsonColumn(name, rows.map(pick));
