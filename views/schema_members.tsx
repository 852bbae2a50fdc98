import { type Schema, typeText } from "./schemas.ts";

interface EventTypeProps {
  type: { id: string; title?: string; data: Record<string, Schema> };
  common: Record<string, Schema>;
}

/** An event type, and the members of its data that are not common to all. */
export function EventTypeMembers({ type: { id, title, data }, common }: EventTypeProps) {
  const own = Object.entries(data).filter(([name]) => !(name in common));
  return (
    <section>
      <h3>{title}</h3>
      <p>
        <code>{id}</code>
      </p>
      {own.length > 0 && <Members members={Object.fromEntries(own)} />}
    </section>
  );
}

/** Members of an object, and what each has to be. */
export function Members(
  { members, required = [] }: { members: Record<string, Schema>; required?: string[] | undefined },
) {
  return (
    <dl>
      {Object.entries(members).map(([name, schema]) => (
        <div>
          <dt>
            <code>{name}</code>
            {required.includes(name) && ", required"}
          </dt>
          <dd>{sentences(schema.description, typeText(schema))}</dd>
        </div>
      ))}
    </dl>
  );
}

/** "Content type. One of branded, original." */
function sentences(...parts: (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== "")
    .map((part) => `${part![0]!.toUpperCase()}${part!.slice(1)}.`).join(" ");
}
