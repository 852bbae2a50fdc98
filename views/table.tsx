import type { PropsWithChildren } from "hono/jsx";

/** A table under these headings; `hasActions` adds a column of what can be done, whose heading is only heard. */
export function Table(
  { headings, hasActions = false, children }: PropsWithChildren<
    { headings: readonly string[]; hasActions?: boolean }
  >,
) {
  return (
    <table class="people">
      <thead>
        <tr>
          {headings.map((heading) => <th scope="col">{heading}</th>)}
          {hasActions && (
            <th scope="col">
              <span class="hidden">Action</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}
