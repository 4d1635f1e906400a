import { z } from 'zod';
import { entryOf, manyEntries, notificationOf, resolvedEntry } from './testing/notification.fixture.ts';
import { buildMessage, slack } from './slack.ts';

const section = z.object({
  type: z.literal('section'),
  text: z.object({ type: z.literal('mrkdwn'), text: z.string().min(1).max(3000) }),
});
const context = z.object({
  type: z.literal('context'),
  elements: z.array(z.object({ type: z.string(), text: z.string() })),
});
/** Block Kit's limits. */
const message = z.object({
  text: z.string().min(1).max(40_000),
  blocks: z
    .array(z.union([section, context]))
    .max(50)
    .optional(),
  attachments: z.array(z.object({ color: z.string().regex(/^#[0-9a-f]{6}$/), blocks: z.array(section) })).max(20),
});

const built = (...entries: ReadonlyArray<ReturnType<typeof entryOf>>) =>
  message.parse(buildMessage(notificationOf(entries)));
const texts = (...entries: ReadonlyArray<ReturnType<typeof entryOf>>) =>
  built(...entries).attachments.map(({ blocks }) => blocks[0]?.text.text);

describe('slack', () => {
  it('links to the alert, gives the reason and the colour of its severity', () => {
    const entry = entryOf({}, { severity: 'critical' });
    expect(texts(entry)).toEqual([
      `*<${entry.url}|[critical] checkout: p95 latency above 300 ms>*\n` +
        'p95 latency 0.42 s was above 300 ms for 10 s\n_service checkout · since 2026-11-21T14:00:00Z_',
    ]);
    expect(built(entry).attachments[0]?.color).toBe('#e02f44');
    expect(built(resolvedEntry())).toMatchObject({
      text: 'Resolved: checkout: p95 latency above 300 ms',
      attachments: [{ color: '#299c46' }],
    });
  });

  it('lets nobody mention a channel or forge a link', () => {
    const entry = entryOf({ reason: '<!channel> & <https://evil|here>' }, { summary: 'a|b <!here>' });
    expect(texts(entry)[0]).toContain('&lt;!channel&gt; &amp; &lt;https://evil|here&gt;');
    expect(JSON.stringify(built(entry))).not.toMatch(/<!|<https:\/\/evil/);
  });

  it('keeps to the limits with long and hostile texts', () => {
    const long = entryOf({ reason: '&'.repeat(5000) }, { summary: '🔥&'.repeat(3000) });
    expect(texts(long)[0]?.length).toBeLessThanOrEqual(3000);
  });

  it('shows twenty of a storm, the most urgent first, and says how many more', () => {
    const entries = [...manyEntries(200), entryOf({}, { id: 'worst', severity: 'critical', summary: 'the worst' })];
    const { attachments, blocks, text } = built(...entries);
    expect(attachments).toHaveLength(20);
    expect(texts(...entries)[0]).toContain('the worst');
    expect(text).toBe('201 alerts: 201 firing');
    expect(JSON.stringify(blocks)).toContain('and 181 more');
  });

  it('counts an alert that fired and resolved in one delivery once, as resolved', () => {
    expect(built(entryOf(), resolvedEntry()).text).toBe('Resolved: checkout: p95 latency above 300 ms');
  });

  it('wants an address', () => {
    expect(slack.check({})).toEqual([{ path: 'settings.url', message: 'expected an address' }]);
  });
});
