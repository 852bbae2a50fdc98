import { raw } from "hono/html";
import type { Child, FC } from "hono/jsx";

/**
 * A component that shows again what it last showed of the same thing, for as long as every property is the same. So
 * properties must be values that never change; what was shown is forgotten with the thing.
 */
export function remembered<Props extends object>(
  thingOf: (props: Props) => object,
  show: (props: Props) => Child,
): FC<Props> {
  const shown = new WeakMap<object, { props: Props; html: ReturnType<typeof raw> }>();
  return (props) => {
    const thing = thingOf(props);
    const known = shown.get(thing);
    if (known && isSame(known.props, props)) return known.html;
    const html = raw(String(show(props)));
    shown.set(thing, { props, html });
    return html;
  };
}

function isSame<Props extends object>(a: Props, b: Props): boolean {
  for (const key in a) if (a[key] !== b[key]) return false;
  for (const key in b) if (!(key in a)) return false;
  return true;
}
