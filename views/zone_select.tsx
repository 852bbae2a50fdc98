import type { JSX } from "hono/jsx";
import { once } from "../domain/maps.ts";

/** Every time zone to choose from, by region. */
export function ZoneSelect(
  { zone: own, attributes }: { zone: string; attributes: JSX.IntrinsicElements["select"] },
) {
  return (
    <select name="zone" {...attributes}>
      {zonesWith(own).map(([region, zones]) => (
        <optgroup label={region}>
          {zones.map((zone) => (
            <option value={zone} selected={zone === own}>
              {zone.split("/").slice(1).join(", ").replaceAll("_", " ") || zone}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  );
}

const allZones = once(() => [
  "UTC",
  ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC"),
]);

/** Every zone by region; the reader's own also where the platform calls it by another name. */
function zonesWith(own: string): [string, string[]][] {
  const zones = allZones().includes(own) ? allZones() : [own, ...allZones()];
  return [...Map.groupBy(zones, (zone) => zone.includes("/") ? zone.split("/")[0]! : "Universal")];
}
