import type { EmailContent, ToldEvent } from "../domain/compose.ts";
import type { Report } from "../domain/reporting.ts";

// An event that cannot be told must not keep others from being told. It is named by its `seq`, never by what it says.

/** Reports each event that is set aside, once however many people it would have reached. */
export function reportOnce(report: Report): (seq: number, flaw: string) => void {
  const named = new Set<number>();
  return (seq, flaw) => {
    if (named.has(seq)) return;
    named.add(seq);
    report(`event ${seq}`, new Error(`Cannot tell event "${seq}": ${flaw}`));
  };
}

interface Rendering<Rendered> {
  render: (items: ToldEvent[]) => Promise<Rendered>;
  report: Report;
}

/** What can be rendered of these events, null for nothing, and which they are; throws where no event is to blame. */
export async function renderSparing<Rendered>(
  items: ToldEvent[],
  { render, report }: Rendering<Rendered>,
): Promise<{ rendered: Rendered | null; items: ToldEvent[] }> {
  try {
    return { rendered: await render(items), items };
  } catch (error) {
    const good = await renderable(items, { render, report });
    if (good.length === items.length) throw error;
    return { rendered: good.length > 0 ? await render(good) : null, items: good };
  }
}

/** The content of an email without the events that could not be rendered with the others. */
export function withoutSetAside(
  content: EmailContent,
  { told, items }: { told: ToldEvent[]; items: ToldEvent[] },
): EmailContent {
  if (items.length === told.length) return content;
  const bad = new Set(told.filter((item) => !items.includes(item)).map(({ event }) => event.seq));
  return { ...content, items: content.items.filter(({ seq }) => !bad.has(seq)) };
}

/** The events that can be rendered alone; the others are reported. */
async function renderable(
  items: ToldEvent[],
  { render, report }: Rendering<unknown>,
): Promise<ToldEvent[]> {
  const good: ToldEvent[] = [];
  const setAside = reportOnce(report);
  for (const item of items) {
    try {
      await render([item]);
      good.push(item);
    } catch (error) {
      // A message may quote what the event says.
      const { name } = error instanceof Error ? error : { name: "an error" };
      setAside(item.event.seq, `${name} while rendering it`);
    }
  }
  return good;
}
