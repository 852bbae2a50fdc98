import type { Child, PropsWithChildren } from "hono/jsx";
import { Icon } from "./icons.tsx";

interface MessageProps {
  undo?: Child;
  /** The id of the control that takes the focus when what had it is gone. */
  focus?: string;
}

/** What was just done, with a way to take it back. It goes into the one status region. */
export function Message({ undo, focus, children }: PropsWithChildren<MessageProps>) {
  return (
    <div class="message" data-focus={focus}>
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

/** A message on its way into the status region of a page that stays. */
export function StatusPartial({ children }: PropsWithChildren) {
  return <hx-partial hx-target="#status" hx-swap="innerHTML">{children}</hx-partial>;
}

/** An alert on its way into a page that stays; the page shows it in the window where one is open. */
export function AlertPartial({ children }: PropsWithChildren) {
  return (
    <hx-partial hx-target="#alerts" hx-swap="innerHTML">
      <Alert>{children}</Alert>
    </hx-partial>
  );
}

function DismissButton() {
  return (
    <button type="button" class="icon-button" data-dismiss aria-label="Dismiss">
      <Icon name="x" />
    </button>
  );
}
