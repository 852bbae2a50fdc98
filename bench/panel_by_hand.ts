import type { Activity } from "../domain/activity.ts";
import {
  eventTypeLabel,
  frequencies,
  type Frequency,
  frequencyOrder,
} from "../domain/catalogue.ts";
import { nextDigestText } from "../domain/schedule.ts";
import type { Searchable } from "../domain/search.ts";
import { phrases } from "../domain/sentences.ts";
import { Icon } from "../views/icons.tsx";
import type { PanelProps } from "../views/notification_list.tsx";
import { exactText, momentText } from "../views/times.tsx";

// The panel's page put together from strings, as fast as one would write it by hand: only what differs from one page to
// the next is put in, and only what can need it is escaped.

/** What stands around the list, the same on every page of one reader. */
export interface Frame {
  head: string;
  tail: string;
}

/** The page's groups and rows within that frame. */
export function pageByHand(panel: PanelProps, { head, tail }: Frame): string {
  const groups = Map.groupBy(panel.notifications, ({ frequency }) => frequency);
  let page = head;
  for (const frequency of frequencyOrder) {
    page += group(panel, frequency, groups.get(frequency) ?? []);
  }
  return page + tail;
}

function group(panel: PanelProps, frequency: Frequency, members: Searchable[]): string {
  let rows = "";
  for (const notification of members) rows += row(panel, notification);
  const label = frequencies[frequency];
  const list = members.length > 0
    ? `<ul role="list">${rows}</ul>`
    : `<p class="group-empty">Nothing comes ${label.toLowerCase()}.</p>`;
  return `<section class="group" aria-labelledby="group-${frequency}"><header class="group-head">${
    members.length > 0 ? box(frequency, label) : ""
  }<h2 id="group-${frequency}">${label}</h2><span class="group-next">${
    members.length > 0 ? next(panel, frequency) : ""
  }</span></header>${list}</section>`;
}

function box(frequency: Frequency, label: string): string {
  return `<label class="select"><input type="checkbox" form="selection" name="group" value="${frequency}" data-whole="true" aria-label="Select all: ${label}"></label>`;
}

function next({ nextDigests, reader: { zone }, now }: PanelProps, frequency: Frequency): string {
  if (frequency === "immediately") return "As it happens";
  const at = nextDigests.get(frequency);
  if (at === undefined) return "";
  const iso = new Date(at).toISOString();
  return `Next: <time datetime="${iso}" title="${exactText(at, zone)}">${
    escaped(nextDigestText(at, zone, now))
  }</time>`;
}

const list = new Intl.ListFormat("en-GB", { type: "disjunction" });
const dots = String(Icon({ name: "ellipsis" }));

function row(panel: PanelProps, notification: Searchable): string {
  const { activity, reader, unshared } = panel;
  const { id, kind } = notification;
  const label = eventTypeLabel(notification.type);
  const acts = activity.get(id)!;
  const last = unshared.has(notification.type) ? ` data-last="${label}"` : "";
  return `<li id="notification-${id}" class="row" aria-label="${label}"><label class="select"><input type="checkbox" form="selection" name="selected" value="${id}" aria-label="Select ${label}"${last}></label><div class="row-text">${
    sentence(notification, label)
  }<p class="row-note">${note(acts, reader.zone)}</p></div>${bars(acts)}${
    count(id, acts)
  }<span class="row-kind">${kind === "default" ? "Default" : "Custom"}</span>${
    menu(panel, notification, label)
  }</li>`;
}

function sentence({ type, conditions }: Searchable, label: string): string {
  let text = `<p class="sentence"><strong>${label}</strong>`;
  for (const [index, { field, relation, values }] of phrases(type, conditions).entries()) {
    text += `${index === 0 ? " where " : " and "}${escaped(field)} ${relation} `;
    for (const part of list.formatToParts(values)) {
      text += part.type === "literal"
        ? part.value
        : `<span class="value">${escaped(part.value)}</span>`;
    }
  }
  return `${text}</p>`;
}

function note({ lastAt }: Activity, zone: string): string {
  if (lastAt === null) return "Not in the last 90 days";
  return `Last fired <time datetime="${new Date(lastAt).toISOString().slice(0, 16)}Z">${
    momentText(lastAt, zone)
  }</time>`;
}

function bars({ days, total }: Activity): string {
  if (total === 0) return "";
  let path = "";
  let [lastDay, lastHeight] = [0, 0];
  for (const [day, count] of days.entries()) {
    if (count === 0) continue;
    const height = Math.min(6, Math.round(1 + Math.log2(count)));
    path += `m${day - lastDay} ${lastHeight}v-${height}`;
    [lastDay, lastHeight] = [day, height];
  }
  return `<svg class="row-bars" viewBox="-.5 -6 30 6" role="img" aria-label="Most in a day: ${
    Math.max(...days)
  }"><path d="${path}"></path></svg>`;
}

function count(id: number, { total }: Activity): string {
  const events = total === 1 ? "1 event" : `${total.toLocaleString("en")} events`;
  return `<a class="row-count" href="/notifications/${id}/events" aria-label="${events} in 30 days">${
    total.toLocaleString("en")
  }</a>`;
}

function menu({ lastHeard, reader }: PanelProps, { id, kind }: Searchable, label: string): string {
  const path = `/notifications/${id}`;
  const isLast = lastHeard.has(id);
  const last = isLast
    ? `<p id="last-${id}" role="none" class="deadline">You are the last at ${
      escaped(reader.account.name)
    } who hears about ${label}</p>`
    : "";
  const described = isLast ? ` aria-describedby="last-${id}"` : "";
  const edit = kind === "custom" ? item(`${path}/edit`, "Edit") : "";
  const remove = kind === "custom"
    ? `<form role="none" method="post" action="${path}?_method=DELETE" hx-target="#list" hx-swap="outerHTML"><button type="submit" role="menuitem" class="menu-item menu-item-danger"${described}>Delete</button></form>`
    : "";
  return `<div class="row-actions"><button type="button" id="actions-${id}" class="icon-button" popovertarget="menu-${id}" aria-haspopup="menu" aria-label="Actions for ${label}">${dots}</button><div id="menu-${id}" class="menu" popover="auto" role="menu" aria-label="Actions for ${label}" hx-boost:inherited="push:false">${edit}${
    item(`/notifications/new?from=${id}`, "Duplicate")
  }${last}<form role="none" method="post" action="${path}/mute?_method=PUT" hx-target="closest li" hx-swap="outerHTML"><button type="submit" role="menuitem" class="menu-item"${described}>Mute</button></form><a role="menuitem" class="menu-item" href="${path}/snooze" hx-boost="false"${described}>Snooze</a>${remove}</div></div>`;
}

function item(href: string, label: string): string {
  return `<a role="menuitem" class="menu-item" href="${href}" hx-target="#window">${label}</a>`;
}

const entities: Record<string, string> = {
  ...{ "&": "&amp;", "<": "&lt;", ">": "&gt;" },
  ...{ '"': "&quot;", "'": "&#39;" },
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character]!);
}
