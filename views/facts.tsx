import type { PropsWithChildren } from "hono/jsx";

/** One thing that is known about somebody or something, in a list of facts. */
export function Fact({ label, children }: PropsWithChildren<{ label: string }>) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
