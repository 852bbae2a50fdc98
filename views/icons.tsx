import { raw } from "hono/html";
import ellipsis from "lucide-static/icons/ellipsis.svg" with { type: "text" };
import history from "lucide-static/icons/history.svg" with { type: "text" };
import search from "lucide-static/icons/search.svg" with { type: "text" };
import settings from "lucide-static/icons/settings.svg" with { type: "text" };
import users from "lucide-static/icons/users.svg" with { type: "text" };
import x from "lucide-static/icons/x.svg" with { type: "text" };

const icons = {
  ellipsis: inlined(ellipsis),
  history: inlined(history),
  search: inlined(search),
  settings: inlined(settings),
  users: inlined(users),
  x: inlined(x),
};

/** An icon as inline SVG, hidden from assistive technology: the control that holds it has the name. */
export function Icon({ name }: { name: keyof typeof icons }) {
  return raw(icons[name]);
}

/** The drawing alone; its size and its stroke are the stylesheet's business. */
function inlined(svg: string): string {
  const drawing = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.indexOf("</svg>"));
  return `<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${
    drawing.replaceAll(/\s*\n\s*/g, "")
  }</svg>`;
}
