import type { Frequency } from "../domain/catalogue.ts";
import { quietEnd, type QuietHours } from "../domain/quiet_hours.ts";
import { type DigestFrequency, nextDigestText } from "../domain/schedule.ts";
import { quietText, When } from "./times.tsx";

interface NextEmailProps {
  frequency: Frequency;
  reader: QuietHours & { pausedUntil: number | null };
  nextDigests: Map<DigestFrequency, number>;
  now: number;
}

/** When the next email of a frequency comes, and what holds it back. */
export function NextEmail({ frequency, reader, nextDigests, now }: NextEmailProps) {
  if (reader.pausedUntil !== null && reader.pausedUntil > now) return <>Paused</>;
  if (frequency === "immediately") return <NextImmediate reader={reader} now={now} />;
  const next = nextDigests.get(frequency);
  if (next === undefined) return null;
  return (
    <>
      Next: <Instant at={next} zone={reader.zone} now={now} />
    </>
  );
}

function NextImmediate({ reader, now }: Pick<NextEmailProps, "reader" | "now">) {
  const end = quietEnd(reader, now);
  const hours = quietText(reader);
  if (end === null) return <>{hours ? `As it happens, but held ${hours}` : "As it happens"}</>;
  return (
    <>
      Held until <Instant at={end} zone={reader.zone} now={now} />
    </>
  );
}

function Instant({ at, zone, now }: { at: number; zone: string; now: number }) {
  return <When at={at} zone={zone} text={nextDigestText(at, zone, now)} />;
}
