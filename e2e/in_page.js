// What runs in the page, in whose language it is.

/** What makes the page scroll sideways, and what is cut off at an edge: one line for each. */
export function misfits() {
  const root = document.documentElement;
  const shown = [...document.body.querySelectorAll("*")].filter((element) =>
    element.checkVisibility() && getComputedStyle(element).clipPath === "none"
  );
  const overflow = (element) => getComputedStyle(element).overflowX;
  const mayScroll = (element) =>
    element !== null && (/auto|scroll/.test(overflow(element)) || mayScroll(element.parentElement));
  const isWide = (element) =>
    element.getBoundingClientRect().right > root.clientWidth + 1 && !mayScroll(element);
  const isCut = (element) =>
    /hidden|clip/.test(overflow(element)) && element.scrollWidth > element.clientWidth + 1;
  const name = (element) =>
    `<${element.localName} class="${element.className}"> ${element.textContent.slice(0, 40)}`;
  return [
    ...(root.scrollWidth > root.clientWidth ? ["the page scrolls sideways"] : []),
    ...shown.filter(isWide).map((element) => `too wide: ${name(element)}`),
    ...shown.filter(isCut).map((element) => `cut off: ${name(element)}`),
  ];
}

/** Doubles the size of all text, as a reader can. */
export function doubleText() {
  document.documentElement.style.fontSize = "200%";
}

/** What has the focus, where something else covers all of it; otherwise nothing. */
export function coveredFocus() {
  const focused = document.activeElement;
  if (!focused || focused === document.body) return [];
  const { left, top, width, height } = focused.getBoundingClientRect();
  const parts = [0.1, 0.5, 0.9];
  const isSeen = parts.some((x) =>
    parts.some((y) => {
      const there = document.elementFromPoint(left + width * x, top + height * y);
      return there && focused.contains(there);
    })
  );
  const name = focused.getAttribute("aria-label") ?? focused.textContent.trim();
  return isSeen ? [] : [`<${focused.localName}> ${name}`];
}

/** What would move, or change by and by. */
export function movingThings() {
  return [...document.querySelectorAll("*")].filter((element) => {
    const { transitionDuration, animationName } = getComputedStyle(element);
    return /[1-9]/.test(transitionDuration) || animationName !== "none";
  }).map((element) => element.className);
}

/** How the first element that a selector finds is drawn. */
export function styleOf(selector) {
  const style = getComputedStyle(document.querySelector(selector));
  const { color, fill, stroke, outlineStyle, outlineWidth, borderTopWidth, borderLeftWidth } =
    style;
  return { color, fill, stroke, outlineStyle, outlineWidth, borderTopWidth, borderLeftWidth };
}
