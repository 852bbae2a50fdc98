// Runs in the page, whose language this is.

/** Keeps what a screen reader would say by itself: each text that a live region gets. */
export function listen() {
  const live = '[role="status"], [role="alert"], [aria-live="polite"], [aria-live="assertive"]';
  const said = (globalThis.announcements = []);
  const latest = new WeakMap();
  const regionsOf = (node) => {
    const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
    if (!element) return [];
    // An alert speaks when it comes into the page, any other region when its content changes.
    return [element.closest(live), ...element.querySelectorAll('[role="alert"]')];
  };
  const hear = (records) => {
    const nodes = records.flatMap(({ target, addedNodes }) => [target, ...addedNodes]);
    for (const region of new Set(nodes.flatMap(regionsOf))) {
      const text = region?.checkVisibility() ? region.innerText.replaceAll(/\s+/g, " ").trim() : "";
      if (text !== "" && latest.get(region) !== text) said.push(text);
      if (region) latest.set(region, text);
    }
  };
  const watched = { childList: true, characterData: true, subtree: true };
  document.addEventListener("DOMContentLoaded", () => {
    new MutationObserver(hear).observe(document.body, watched);
  });
}

/** What was said since the last time. */
export function takeAnnouncements() {
  return globalThis.announcements.splice(0);
}
