import { z } from 'zod';
import { operation } from './operation.ts';
import { identifier, line, pathId, time } from './wire.ts';

/** Pages that keep views. */
export const VIEW_PAGES = ['alerts'] as const;

/** Of one person and page: more names than this nobody chooses from. */
export const MOST_VIEWS = 50;
const MOST_PARAMS = 20;
/** Characters of all values together. */
const LONGEST_PARAMS = 4000;

const viewParams = z
  .record(identifier(40), z.string().min(1, 'expected a value; leave out what is not set').max(2000))
  .refine((params) => Object.keys(params).length <= MOST_PARAMS, `expected at most ${MOST_PARAMS} parameters`)
  .refine(
    (params) => Object.values(params).reduce((sum, value) => sum + value.length, 0) <= LONGEST_PARAMS,
    `expected at most ${LONGEST_PARAMS} characters in all`
  );

export const viewSchema = z.object({
  id: z.string(),
  page: z.enum(VIEW_PAGES),
  name: z.string(),
  /** Parameters of the page's address: filters, order, grouping. */
  params: z.record(z.string(), z.string()),
  /** The page opens with it; at most one of a page. */
  isDefault: z.boolean(),
  createdAt: time,
  updatedAt: time,
});
export type SavedViewView = z.output<typeof viewSchema>;

export const listViews = operation({
  name: 'listViews',
  method: 'GET',
  path: '/api/v1/views',
  access: 'viewer',
  summary: 'Your saved views, by name.',
  input: z.object({ page: z.enum(VIEW_PAGES).optional() }),
  output: z.object({ items: z.array(viewSchema) }),
});

export const saveView = operation({
  name: 'saveView',
  method: 'POST',
  path: '/api/v1/views',
  access: 'viewer',
  summary: 'Keep a view under a name, or replace the one whose id is given. Nobody but you sees it.',
  input: z
    .object({
      id: pathId.optional(),
      page: z.enum(VIEW_PAGES),
      name: line(80).min(1, 'expected a name'),
      params: viewParams,
      isDefault: z.boolean().default(false),
    })
    .strict(),
  output: z.object({ view: viewSchema }),
});

export const deleteView = operation({
  name: 'deleteView',
  method: 'DELETE',
  path: '/api/v1/views/{id}',
  access: 'viewer',
  summary: 'Forget one of your views.',
  input: z.object({ id: pathId }),
  output: z.object({}),
});
