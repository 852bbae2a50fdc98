import { type Managed, pathOfPerson } from "./managed.ts";
import { dayInSentence, When } from "./times.tsx";

interface Person {
  id: string;
  name: string;
  deactivatedAt: number | null;
  addressFailedAt: number | null;
  complainedAt: number | null;
}

interface StateProps {
  managed: Managed;
  person: Person;
  zone: string;
  now: number;
}

/** Whether somebody gets mail, and if not, why. */
export function PersonState({ person, managed, zone, now }: StateProps) {
  const { deactivatedAt, addressFailedAt, complainedAt } = person;
  if (deactivatedAt !== null) {
    return (
      <>
        Deactivated{" "}
        <When at={deactivatedAt} zone={zone} text={dayInSentence(deactivatedAt, zone, now)} />
      </>
    );
  }
  if (addressFailedAt === null) return <>Active</>;
  return (
    <>
      <span class="failed">
        {complainedAt === null ? "Address takes no mail" : "Marked our mail as spam"}
      </span>
      <ResumeMail person={person} managed={managed} />
    </>
  );
}

/** The way to try an address again that was mended, or that wants our mail after all. */
function ResumeMail({ person: { id, name }, managed }: Pick<StateProps, "person" | "managed">) {
  return (
    <form method="post" action={`${pathOfPerson(managed, id)}/address-failure?_method=DELETE`}>
      <button type="submit" aria-label={`Resume mail to ${name}`}>Resume mail</button>
    </form>
  );
}

/** The way to end, or to resume, mail and sign-in. */
export function PersonAction(
  { person, managed }: {
    person: Pick<Person, "id" | "name" | "deactivatedAt">;
    managed: Managed;
  },
) {
  const path = `${pathOfPerson(managed, person.id)}/deactivation`;
  if (person.deactivatedAt === null) {
    return <a class="button" href={path} aria-label={`Deactivate ${person.name}`}>Deactivate</a>;
  }
  return (
    <form method="post" action={`${path}?_method=DELETE`}>
      <button type="submit" aria-label={`Reactivate ${person.name}`}>Reactivate</button>
    </form>
  );
}
