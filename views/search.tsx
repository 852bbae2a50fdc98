import type { PropsWithChildren } from "hono/jsx";
import type { NotificationInput } from "../domain/notifications.ts";
import { mostCharacters, readableQuery } from "../domain/search.ts";
import { rangesOf } from "../domain/marks.ts";
import { notificationSentence } from "../domain/sentences.ts";
import { Icon } from "./icons.tsx";

interface SearchFormProps {
  query: string;
  /** The page that is searched. */
  path: string;
  /** The id of the list in it, which the answer replaces. */
  list: string;
  /** What the box is called. */
  label: string;
  /** What can be looked for. */
  hint: string;
}

/** The search box: asks while one types, and by its button where there is no script. */
export function SearchForm(props: PropsWithChildren<SearchFormProps>) {
  const { query, path, list, label, hint, children } = props;
  return (
    <form
      class="search"
      role="search"
      method="get"
      action={path}
      hx-get={path}
      hx-trigger="input delay:150ms, submit"
      hx-target={`#${list}`}
      hx-swap="outerHTML"
      hx-replace-url="true"
      hx-sync="this:replace"
    >
      <label class="hidden" for="search">{label}</label>
      <Icon name="search" />
      <input
        id="search"
        name="q"
        type="search"
        value={readableQuery(query)}
        maxlength={mostCharacters}
        placeholder={hint}
        autocomplete="off"
      />
      {children}
      <button type="submit" class="search-button">Search</button>
    </form>
  );
}

/** The search box of a page that is asked anew, by its button. */
export function PlainSearch(
  { query, path, label, hint }: Omit<SearchFormProps, "list">,
) {
  return (
    <form class="search" role="search" action={path}>
      <Icon name="search" />
      <input type="search" name="q" value={query} aria-label={label} placeholder={hint} />
      <button type="submit">Search</button>
    </form>
  );
}

/** How much was found, and whether all of the query was looked for. */
export function cutText(count: string, query: string): string {
  return query.length <= mostCharacters
    ? count
    : `${count}. Only the first ${mostCharacters} characters were searched for.`;
}

/** What the list says when nothing is found: what was understood, and the way to it. */
export function NothingFound(
  { query, offer }: { query: string; offer: NotificationInput | null },
) {
  return (
    <div id="list" class="empty">
      <p class="empty-title">Nothing matches “{readableQuery(query)}”</p>
      <p>
        The search looks at event types, conditions, frequencies, and the words Default, Custom and
        Muted.
      </p>
      <p class="empty-actions">
        <a class="button" href="/notifications">Clear search</a>
        <CreateLink query={query} offer={offer} />
      </p>
    </div>
  );
}

function CreateLink({ query, offer }: { query: string; offer: NotificationInput | null }) {
  const path = offer
    ? `/notifications/new?q=${encodeURIComponent(readableQuery(query))}`
    : "/notifications/new";
  return (
    <a class="button" href={path} hx-get={path} hx-target="#window">
      {offer ? `Create “${notificationSentence(offer)}”` : "Create a notification"}
    </a>
  );
}

/** A text with the plain words marked in it that were searched for. */
export function Marked({ text, words }: { text: string; words: readonly string[] }) {
  if (words.length === 0) return <>{text}</>;
  const ranges = rangesOf(text, words);
  return (
    <>
      {ranges.map(([from, to], nth) => (
        <>
          {text.slice(ranges[nth - 1]?.[1] ?? 0, from)}
          <mark>{text.slice(from, to)}</mark>
        </>
      ))}
      {text.slice(ranges.at(-1)?.[1] ?? 0)}
    </>
  );
}
