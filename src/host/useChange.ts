import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import type { ApiError } from '../api/apiError.ts';
import type { Client, Decoded, Schema } from '../api/client.ts';
import type { OperationContract } from '../api/operation.ts';
import type { ChangeTopic } from '../api/system.ts';
import { t } from '../i18n/t.ts';
import { useHost } from './HostContext.ts';
import { topicsOf, touchedBy } from './topics.ts';
import { useNotify, type Notice } from './useNotify.ts';

export interface ActionOptions<In, Out> {
  /** What to say when it worked; nothing when undefined. */
  readonly done?: (output: Out, input: In) => string | Notice | undefined;
  /** Begins the sentence on failure, such as `The silence was not created`. */
  readonly failed?: string;
  /** The caller shows errors itself, beside the fields. */
  readonly quiet?: boolean;
}

/** Something that a person does, made of one or more calls: says how it went and renews what it touched. */
export function useAction<In, Out>(
  perform: (client: Client, input: In) => Promise<Out>,
  topics: readonly ChangeTopic[],
  {
    done,
    failed = t('host.use-change.that-did-not-work', 'That did not work'),
    quiet = false,
  }: ActionOptions<In, Out> = {}
): UseMutationResult<Out, ApiError, In> {
  const { client } = useHost();
  const queries = useQueryClient();
  const notify = useNotify();
  return useMutation<Out, ApiError, In>({
    mutationFn: (input) => perform(client, input),
    onSuccess(output, input) {
      const notice = done?.(output, input);
      if (notice !== undefined) {
        notify(typeof notice === 'string' ? { message: notice } : notice);
      }
    },
    onError(error) {
      if (!quiet) {
        notify({ variant: 'error', message: `${failed}. ${error.message}` });
      }
    },
    onSettled() {
      const touched = touchedBy(topics);
      return queries.invalidateQueries({
        predicate: ({ queryKey: [resource] }) => typeof resource === 'string' && touched.has(resource),
      });
    },
  });
}

/** One changing operation. */
export function useChange<I extends Schema, O extends Schema>(
  contract: OperationContract<I, O>,
  options: ActionOptions<Decoded<I>, Decoded<O>> = {}
): UseMutationResult<Decoded<O>, ApiError, Decoded<I>> {
  return useAction((client, input: Decoded<I>) => client.call(contract, input), topicsOf(contract), options);
}
