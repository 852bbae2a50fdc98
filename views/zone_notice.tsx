import { zoneName } from "../domain/zones.ts";
import { Message } from "./messages.tsx";
import { clockText } from "./times.tsx";

/** Asks once whose clock mail goes by. The page shows it where the browser's clock is another one. */
export function ZoneNotice({ zone }: { zone: string }) {
  const now = `Your mail comes by ${zoneName(zone)} time.`;
  return (
    <>
      <div class="notice" data-zone={zone} hidden>
        <p>
          {now} This browser is in <span data-here></span>.
        </p>
        <form class="actions" method="post" action="/schedule/zone?_method=PUT">
          <button type="submit" name="zone" data-use></button>
          <button type="submit" name="zone" value={zone}>Keep {zone}</button>
        </form>
      </div>
      <noscript>
        <p class="notice">
          {now} <a href="/schedule">Choose your time zone</a>
        </p>
      </noscript>
    </>
  );
}

/** Says by whose clock mail comes from now on. */
export function ZoneMessage({ reader, now }: { reader: { zone: string }; now: number }) {
  return <Message>Your mail comes by this clock: it is now {clockText(now, reader.zone)}.</Message>;
}
