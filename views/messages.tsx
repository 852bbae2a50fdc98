import type { Child, PropsWithChildren } from "hono/jsx";
import { Icon } from "./icons.tsx";

/** What was just done, with a way to take it back. It goes into the one status region. */
export function Message({ undo, children }: PropsWithChildren<{ undo?: Child }>) {
  return (
    <div class="message">
      <p>{children}</p>
      {undo}
      <DismissButton />
    </div>
  );
}

/** What went wrong; it stays until it is dismissed. */
export function Alert({ children }: PropsWithChildren) {
  return (
    <div class="message message-alert" role="alert">
      <p>{children}</p>
      <DismissButton />
    </div>
  );
}

function DismissButton() {
  return (
    <button type="button" class="icon-button" data-dismiss aria-label="Dismiss">
      <Icon name="x" />
    </button>
  );
}
