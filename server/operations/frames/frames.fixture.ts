import type { Client } from '../../../src/api/client.ts';
import { queryFrames, type DataFrameJson } from '../../../src/api/frames.ts';
import type { InputOf, OutputOf } from '../../../src/api/operation.ts';
import type { Observation } from '../../../src/core/alerts/observation.ts';
import { observationOf } from '../../../src/core/alerts/alert.fixture.ts';
import { hours, epochMs } from '../../../src/core/units.ts';
import type { TestEngine } from '../../testing/createTestEngine.ts';

type Input = InputOf<typeof queryFrames>;
type Result = OutputOf<typeof queryFrames>['results'][number];

export interface FrameAsker {
  /** One query over the last hour, unless told otherwise. */
  ask(query: unknown, rest?: Partial<Omit<Input, 'queries'> & Input['queries'][number]>): Promise<Result>;
  /** The frames of an answer that is none of an error. */
  frames(...asked: Parameters<FrameAsker['ask']>): Promise<readonly DataFrameJson[]>;
}

export function frameAsker(engine: TestEngine, client: Client): FrameAsker {
  const asker: FrameAsker = {
    async ask(query, { from, to, fromAlert = false, ...one } = {}) {
      const now = engine.clock.now();
      const { results } = await client.call(queryFrames, {
        ...{ from: from ?? epochMs(now - hours(1)), to: to ?? now, fromAlert },
        queries: [{ refId: 'A', query, ...one }],
      });
      const [result] = results;
      if (result === undefined || results.length !== 1) {
        throw new Error(`expected one result, got ${results.length}`);
      }
      return result;
    },
    async frames(...asked) {
      const { frames, error } = await asker.ask(...asked);
      if (error !== null) {
        throw new Error(error);
      }
      return frames;
    },
  };
  return asker;
}

/** The rows of a table, by column name. */
export function rowsOf(frame: DataFrameJson | undefined): Array<Record<string, unknown>> {
  const { schema, data } = frame ?? { schema: { fields: [] }, data: { values: [] } };
  return (data.values[0] ?? []).map((_, row) =>
    Object.fromEntries(schema.fields.map(({ name }, column) => [name, data.values[column]?.[row]]))
  );
}

export const noticesOf = (frame: DataFrameJson | undefined): string[] =>
  (frame?.schema.meta?.notices ?? []).map(({ text }) => text);

/** What a source says of one alert, named by a label. */
export const saysOf = (name: string, rest: Partial<Observation> = {}): Observation =>
  observationOf({ labels: { alertname: name, service: rest.service ?? 'checkout' }, ...rest });
