// What HTML and htmx cannot do alone: the window as a modal one, the keys of a menu, and messages that leave.

// Nobody but htmx makes HTML of a text, and nobody a script: the policy of our pages knows this one name.
const trust = globalThis.trustedTypes?.createPolicy("htmx", { createHTML: (answer) => answer });
htmx.registerExtension("trust", { init: ({ initSecurity }) => initSecurity(trust) });

const find = (selector, within = document) => within.querySelector(selector);
const findAll = (selector, within = document) => [...within.querySelectorAll(selector)];

document.addEventListener("DOMContentLoaded", settle);
document.addEventListener("DOMContentLoaded", () => setTimeout(speak, 100));
document.addEventListener("htmx:after:swap", settle);
document.addEventListener("htmx:before:swap", ({ detail: { ctx } }) => {
  keepSelection(ctx);
  hadFocus = document.activeElement !== document.body;
});

/** Brings what was just put into the page to life. */
function settle() {
  narrowList();
  findAll("[data-condition]").forEach(settleCondition);
  findAll("[data-copy]").forEach((button) => (button.hidden = false));
  openWindow();
  restoreSelection();
  // Nothing behind an open window can be seen.
  const alerts = find("#alerts")?.children ?? [];
  if (alerts.length > 0) find("#window-alerts")?.replaceChildren(...alerts);
  focusWhatChanged();
  restoreFocus();
  askForZone();
  showMessage();
}

// The window

let opened = "";

function openWindow() {
  const dialog = find("#notification-window");
  if (!dialog || dialog.matches(":modal")) return;
  dialog.removeAttribute("open");
  dialog.showModal();
  opened = typed(dialog);
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    leave(dialog);
  });
}

/** Everything in the window's form as one text, to see whether it changed. */
function typed(dialog) {
  const form = new FormData(find("form", dialog));
  form.delete("find");
  return new URLSearchParams(form).toString();
}

/** Closes the window, and goes where a link of it leads; what was changed is thrown away only when that was said twice. */
function leave(dialog, link) {
  const question = find("#discard");
  const isAsked = !question.hidden;
  destination = link?.href;
  if (typed(dialog) === opened || (isAsked && !link)) return discard(dialog);
  question.hidden = false;
  find("[data-keep]", question).focus();
}

let destination;

function discard(dialog) {
  if (destination) location.assign(destination);
  else closeWindow(dialog);
}

function closeWindow(dialog) {
  dialog.close();
  find("#window").replaceChildren();
  if (/\/(new|edit|draft)$/.test(location.pathname)) {
    history.replaceState(null, "", "/notifications");
  }
}

document.addEventListener("click", (event) => {
  const dialog = event.target.closest("#notification-window");
  if (dialog && event.target.closest("[data-close]")) {
    event.preventDefault();
    leave(dialog);
  }
  const link = event.target.closest("#forecast a");
  if (link && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    leave(dialog, link);
  }
  if (dialog && event.target.closest("[data-discard]")) discard(dialog);
  if (dialog && event.target.closest("[data-keep]")) find("#discard").hidden = true;
  if (event.target.closest("[data-dismiss]")) event.target.closest(".message").remove();
});

// A link leads to a line that may be closed, and leaves the address as it is.
document.addEventListener("click", (event) => {
  const link = event.target.closest('.window a[href^="#"]');
  const field = link && document.getElementById(link.hash.slice(1));
  if (!field) return;
  event.preventDefault();
  const details = field.closest("details");
  if (details) details.open = true;
  field.focus();
  field.scrollIntoView({ block: "center" });
});

// The conditions of the window

function settleCondition(fieldset) {
  const filter = find("[data-filter]", fieldset);
  if (filter) filter.hidden = false;
  dropKept(fieldset);
  findAll("[data-choice-group]", fieldset).forEach(markMembers);
  settleAmount(fieldset);
}

document.addEventListener("input", (event) => {
  const fieldset = event.target.closest("[data-condition]");
  if (!fieldset) return;
  if (event.target.matches("[data-filter]")) return filterChoices(event.target);
  const group = event.target.closest("[data-choice-group]");
  if (group && event.target.matches("[data-whole]")) markMembers(group);
  else if (group) markWhole(group);
  if (event.target.matches("[data-operator]")) settleAmount(fieldset, true);
  sayWhatIsChosen(fieldset);
});

// Enter in a filter looks for something; it does not save.
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("[data-condition] [type=search]")) {
    event.preventDefault();
  }
});

/** Choosing a group chooses its members, and the other way round. */
function markMembers(group) {
  const whole = find("[data-whole]", group);
  if (!whole.checked && !whole.dataset.was) return markWhole(group);
  whole.dataset.was = whole.checked ? "yes" : "";
  membersOf(group).forEach((member) => (member.checked = whole.checked));
  whole.indeterminate = false;
}

function markWhole(group) {
  const whole = find("[data-whole]", group);
  const members = membersOf(group);
  whole.checked = members.length > 0 && members.every((member) => member.checked);
  whole.dataset.was = whole.checked ? "yes" : "";
  whole.indeterminate = !whole.checked && members.some((member) => member.checked);
}

function membersOf(group) {
  return findAll("input:not([data-whole])", group).filter((input) =>
    !input.closest(".row[hidden]")
  );
}

/** A date is chosen from a calendar, a number of days is typed; what is neither stays as it was typed. */
function settleAmount(fieldset, isOther = false) {
  const [input, unit] = [find("[data-amount]", fieldset), find("[data-unit]", fieldset)];
  if (!input) return;
  const wantsDate = /^(before|after)$/.test(find("[data-operator]", fieldset).value);
  if (isOther && (input.type === "date") !== wantsDate) input.value = "";
  const fits = wantsDate ? /^(\d{4}-\d\d-\d\d)?$/ : /^\d*$/;
  input.type = !fits.test(input.value) ? "text" : wantsDate ? "date" : "number";
  if (unit) unit.hidden = wantsDate;
}

function filterChoices(filter) {
  const fieldset = filter.closest("[data-condition]");
  keepChosen(fieldset);
  const wanted = plain(filter.value).trim();
  const choices = findAll("[data-open] .choice", fieldset);
  choices.forEach((choice) => {
    const label = find("label", choice).textContent;
    const text = plain(`${label} ${choice.dataset.also} ${find("input", choice).value}`);
    choice.hidden = !text.includes(wanted);
  });
  const found = choices.filter((choice) => !choice.hidden).length;
  find("[data-said]", fieldset).textContent = wanted && `${found || "Nothing"} found`;
}

/** Before a list becomes another one, what was chosen from it moves to where it stays in sight. */
function keepChosen(fieldset) {
  const chosen = findAll("[data-open] :checked", fieldset);
  find("[data-kept]", fieldset).append(...chosen.map((input) => input.closest(".choice")));
}

document.addEventListener("htmx:before:swap", ({ target }) => {
  if (target.matches("[data-find]")) keepChosen(target.closest("[data-condition]"));
});

/** What was chosen while others were looked for may be among what was found. */
function dropKept(fieldset) {
  const kept = new Set(findAll("[data-kept] input", fieldset).map(({ value }) => value));
  findAll("[data-open] input", fieldset)
    .filter(({ value }) => kept.has(value))
    .forEach((input) => input.closest(".choice").remove());
}

function plain(text) {
  return text.normalize("NFD").replace(/(?=\p{M})\p{Diacritic}/gu, "").toLowerCase()
    .replaceAll("ς", "σ");
}

function sayWhatIsChosen(fieldset) {
  const chosen = find("[data-chosen]", fieldset.closest("details"));
  const operator = find("[data-operator]", fieldset);
  const all = [...checkedLabels(fieldset), ...typedLines(fieldset)];
  const values = all.slice(0, 5).join(", ") + (all.length > 5 ? ` and ${all.length - 5} more` : "");
  const words = operator.selectedOptions[0].textContent;
  const amount = find("[data-amount]", fieldset) ? `${words} ${values}${unitOf(fieldset)}` : values;
  chosen.dataset.chosen = values === "" ? "none" : "some";
  chosen.textContent = values === "" ? "Any" : operator.value === "none" ? `Not ${values}` : amount;
}

function unitOf(fieldset) {
  const unit = find("[data-unit]", fieldset);
  return unit && !unit.hidden ? ` ${unit.textContent}` : "";
}

function checkedLabels(fieldset) {
  return findAll("input:checked", fieldset)
    .filter((input) => input.dataset.whole !== undefined || !isCovered(input))
    .map((input) => input.closest("label").textContent.trim());
}

function isCovered(input) {
  const group = input.closest("[data-choice-group]");
  return group !== null && find("[data-whole]", group).checked;
}

function typedLines(fieldset) {
  return findAll("textarea, [data-amount]", fieldset)
    .flatMap((field) => field.value.split("\n"))
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

// The search: what is typed and then left alone has an entry of its own in the browser's history

const pause = 2_000;
let typedAt = -Infinity;
/** What the next answer does to the history; null for an answer that the history asked for. */
let entry = null;

document.addEventListener("input", ({ target, timeStamp }) => {
  if (target.id !== "search") return;
  entry = timeStamp - typedAt > pause ? "push" : entry ?? "replace";
  typedAt = timeStamp;
});

document.addEventListener("change", ({ target }) => {
  if (target.id === "search") typedAt = -Infinity;
});

document.addEventListener("keydown", ({ key, target }) => {
  if (key === "Escape" && target.id === "search" && target.value !== "") type(target, "");
});

// What was typed before the scripts came is searched for now: htmx, too, has queued its start.
setTimeout(() => {
  const box = find("#search");
  if (box && box.value !== box.defaultValue) type(box, box.value);
});

function type(box, words) {
  box.value = words;
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("htmx:before:history:update", (event) => {
  const { sourceElement, history: change } = event.detail;
  if (!sourceElement.matches(".search")) return;
  if (!entry) event.preventDefault();
  const asked = new URL(change.path, location).searchParams;
  change.path = change.path.replace(/\?q=$/, "");
  change.type = change.path === location.pathname + location.search ? "replace" : entry;
  // What was typed meanwhile is asked for in a moment, and stands in the same entry.
  entry = find("#search").value === (asked.get("q") ?? "") ? null : "replace";
});

// Back and forward between searches change the list and the text in the box, and leave the page as it is. A page further
// back is another page.
document.addEventListener("htmx:before:history:restore", (event) => {
  const box = find("#search");
  const asked = new URLSearchParams(location.search);
  const isHere = box?.form.getAttribute("action") === location.pathname && !asked.has("before");
  if (!isHere || find("#notification-window")) return;
  event.preventDefault();
  box.value = asked.get("q") ?? "";
  [entry, typedAt] = [null, -Infinity];
  box.form.requestSubmit();
});

// A search of a list that is whole in the page is told which rows were found, and what to mark in them

document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
  const edition = find("#list")?.dataset.edition;
  if (edition && ctx.sourceElement.matches(".search")) ctx.request.headers["X-Edition"] = edition;
});

function narrowList() {
  const found = find("#list-found data");
  if (!found) return;
  found.remove();
  findAll("#list mark").forEach(unmark);
  const ids = found.dataset.ids?.split(" ");
  const rows = findAll("#list .row");
  rows.forEach((row) => (row.hidden = ids && !ids.includes(row.id.replace(/\D+/, ""))));
  findAll("#list > :is(.group, .empty)")
    .forEach((part) => (part.hidden = ids && !find(".row:not([hidden])", part)));
  const words = found.dataset.marks.split("\n").filter((word) => word !== "");
  rows.filter((row) => !row.hidden && words.length > 0).forEach((row) => markIn(row, words));
}

function unmark(mark) {
  const parent = mark.parentNode;
  mark.replaceWith(...mark.childNodes);
  parent.normalize();
}

const spoken = ".sentence, .row-note > strong, .row-state, .row-kind";

function markIn(row, words) {
  for (const part of findAll(spoken, row)) {
    const texts = document.createNodeIterator(part, NodeFilter.SHOW_TEXT);
    const all = [];
    for (let text; (text = texts.nextNode());) all.push(text);
    all.forEach((text) => markText(text, words));
  }
}

/** Marks the words in a text; of values that the row only counts, the count. */
function markText(text, words) {
  const { title } = text.parentElement;
  const isHit = title && words.some((word) => plain(title).includes(word));
  const stretches = isHit ? [[0, text.length]] : stretchesOf(text.data, words);
  for (const [from, to] of stretches.reverse()) {
    const range = document.createRange();
    range.setStart(text, from);
    range.setEnd(text, to);
    range.surroundContents(document.createElement("mark"));
  }
}

/** Where the words stand in a text, those that touch or have only spaces between as one stretch. */
function stretchesOf(text, words) {
  const letters = [...text.matchAll(/./gsu)].flatMap(({ 0: letter, index: at }) =>
    plain(letter).split("").map((unit) => ({ unit, at, end: at + letter.length }))
  );
  const whole = letters.map(({ unit }) => unit).join("");
  const hits = new Set();
  for (const word of words) {
    for (let at = whole.indexOf(word); at >= 0; at = whole.indexOf(word, at + word.length)) {
      letters.slice(at, at + word.length).forEach((letter) => hits.add(letter));
    }
  }
  const stretches = [];
  for (const { at, end } of letters.filter((letter) => hits.has(letter))) {
    const last = stretches.at(-1);
    if (last && text.slice(last[1], at).trim() === "") last[1] = end;
    else stretches.push([at, end]);
  }
  return stretches;
}

// The three dots

document.addEventListener("toggle", (event) => {
  if (!event.target.matches?.(".menu")) return;
  const button = find(`[popovertarget="${event.target.id}"]`);
  button?.setAttribute("aria-expanded", String(event.newState === "open"));
  if (event.newState === "open") find(".menu-item", event.target)?.focus();
}, true);

document.addEventListener("keydown", (event) => {
  const menu = event.target.closest?.(".menu");
  if (!menu) return;
  const items = findAll(".menu-item", menu);
  const at = items.indexOf(document.activeElement);
  const next = {
    ArrowDown: items[(at + 1) % items.length],
    ArrowUp: items[(at - 1 + items.length) % items.length],
    Home: items[0],
    End: items.at(-1),
  }[event.key];
  if (event.key === "Tab") menu.hidePopover();
  if (!next) return;
  event.preventDefault();
  next.focus();
});

// A menu has done its work when something in it was chosen; the focus goes back to its button.
document.addEventListener("click", (event) => {
  const menu = event.target.closest(".menu-item") && event.target.closest(".menu");
  if (!menu) return;
  find(`[popovertarget="${menu.id}"]`)?.focus();
  menu.hidePopover();
});

// The time zone

/** Asks whether mail should go by this browser's clock, where that is another one. */
function askForZone() {
  const notice = find("[data-zone]");
  const here = zoneKnownAs();
  if (!notice || zoneKnownAs(notice.dataset.zone) === here) return;
  find("[data-here]", notice).textContent = here.split("/").at(-1).replaceAll("_", " ");
  const use = find("[data-use]", notice);
  use.value = here;
  use.textContent = `Use ${here}`;
  notice.hidden = false;
}

/** This browser's name for a zone, its own zone unless told; one that it does not know keeps its name. */
function zoneKnownAs(timeZone) {
  try {
    return new Intl.DateTimeFormat("en", { timeZone }).resolvedOptions().timeZone;
  } catch {
    return timeZone;
  }
}

// A secret that is shown once

document.addEventListener("click", async ({ target }) => {
  const button = target.closest("[data-copy]");
  if (!button) return;
  const field = find(button.dataset.copy);
  field.select();
  const isCopied = await navigator.clipboard.writeText(field.value).then(() => true, () => false);
  find("output", button.parentElement).textContent = isCopied ? "Copied" : "Selected: copy it now";
});

// Several at once

let kept = [];
let isNarrowed = false;

/** Notes what is selected before the list is replaced; what the selection was for is done with it. */
function keepSelection({ sourceElement, response }) {
  const isDone = sourceElement.matches("#selection") && response.status < 400;
  if (isDone) find("[data-kept]").replaceChildren();
  const all = isDone ? [] : findAll('[name="selected"]:checked');
  kept = all.map((box) => ({ box, wasHidden: box.closest("[hidden]") !== null }));
  isNarrowed = sourceElement.closest(".search") !== null;
}

/** Selects again what was selected, also what the search does not show any more. */
function restoreSelection() {
  const hidden = find("[data-kept]");
  if (!hidden) return;
  for (const { box: was, wasHidden } of kept) {
    const box = find(`#notification-${was.value} [name="selected"]`);
    if (box && box !== was) {
      box.checked = true;
      was.remove();
    } else if (!box && (isNarrowed || wasHidden)) hidden.append(was);
  }
  kept = [];
  // The rows themselves are ticked here; a whole group would bring along what this page does not show.
  findAll('[name="group"]').forEach((group) => group.removeAttribute("name"));
  sayHowMany();
}

function sayHowMany() {
  findAll(".group:has([data-whole])").forEach(markWhole);
  const all = findAll('[name="selected"]:checked');
  const others = all.filter((box) => box.closest("[hidden]")).length;
  find("[data-count]").textContent = `${all.length} selected${
    others ? `, ${others} not shown` : ""
  }`;
  sayWhoIsLast();
}

let typesSaid = "";

/** Names what nobody else hears about, anew only when that is something else. */
function sayWhoIsLast() {
  const last = new Set(findAll("[data-last]:checked").map((box) => box.dataset.last));
  const types = new Intl.ListFormat("en-GB").format(last);
  if (types !== "" && types !== typesSaid) find("[data-types]").textContent = types;
  typesSaid = types;
}

document.addEventListener("change", ({ target }) => {
  if (!target.matches('[form="selection"]')) return;
  if (target.matches("[data-whole]")) markMembers(target.closest(".group"));
  sayHowMany();
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches?.('[form="selection"]')) event.preventDefault();
});

document.addEventListener("reset", ({ target }) => {
  if (!target.matches("#selection")) return;
  find("[data-kept]").replaceChildren();
  setTimeout(sayHowMany);
});

// Messages and focus

/** A live region speaks of what changes in it, not of what it came with. */
function speak() {
  const status = find("#status");
  status.replaceChildren(...status.children);
}

let leaving;
let message;

/** A message says what was done, for ten seconds. One that is being used stays. */
function showMessage() {
  const newest = find("#status .message");
  if (!newest || newest === message) return;
  message = newest;
  clearTimeout(leaving);
  leaving = setTimeout(leaveUnused, 10_000);
}

function leaveUnused() {
  if (message.matches(":hover, :focus-within")) leaving = setTimeout(leaveUnused, 1_000);
  else message.remove();
}

// As everywhere else: what was just done is undone by these keys, unless it was typed.
document.addEventListener("keydown", (event) => {
  const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key === "z";
  const button = find("#status form button");
  const isTyping = event.target.matches?.("input:not([type=checkbox]), textarea");
  if (!isUndo || !button || isTyping || find("#notification-window")) return;
  event.preventDefault();
  button.click();
});

document.addEventListener("htmx:error", askAgain);

// A server in front of ours that cannot reach it answers with a page of its own, which belongs nowhere in this one.
document.addEventListener("htmx:before:response", (event) => {
  const { status, headers } = event.detail.ctx.response;
  if (status < 500 || headers.has("content-security-policy")) return;
  event.preventDefault();
  askAgain();
});

/** The request may have arrived and its answer been lost; whatever is asked for twice is done once. */
function askAgain() {
  showAlert(
    "Callboard could not be reached, so this may not be saved. Everything is still here: try again in a moment, nothing is done twice.",
  );
}

function showAlert(text) {
  const isInWindow = find("#notification-window") !== null;
  const message = document.createElement("div");
  message.className = "message message-alert";
  message.role = "alert";
  const words = document.createElement("p");
  words.textContent = text;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "link-button";
  button.dataset.dismiss = "";
  button.textContent = "Dismiss";
  message.append(words, button);
  find(isInWindow ? "#window-alerts" : "#alerts").replaceChildren(message);
}

let hadFocus = false;
let place = 0;

document.addEventListener("focusin", ({ target }) => {
  const row = target.closest(".row");
  if (row) place = findAll(".row:not([hidden])").indexOf(row);
});

/** Puts the focus where it is of use when what had it is gone: where the message says, or where that row was. */
function restoreFocus() {
  const active = document.activeElement;
  const isLost = active === document.body || !active.checkVisibility();
  if (!hadFocus || !isLost || find("#notification-window")) return;
  const named = find("#status [data-focus]")?.dataset.focus;
  const rows = findAll(".row:not([hidden]) [popovertarget]");
  const target = document.getElementById(named) ?? rows[Math.min(place, rows.length - 1)] ??
    find(".panel-head .primary");
  target?.focus();
}

// The button was out of use meanwhile, which took the focus from it.
document.addEventListener("htmx:finally:request", () => {
  setTimeout(() => document.activeElement === document.body && find("#save")?.focus());
});

let shown = null;

/** Shows the notification that was just saved, and puts the focus on it when the window is gone. */
function focusWhatChanged() {
  const row = find('.row[aria-current="true"]');
  if (!row || row === shown || find("#notification-window")) return;
  shown = row;
  row.scrollIntoView({ block: "center" });
  find("[popovertarget]", row).focus({ preventScroll: true });
}
