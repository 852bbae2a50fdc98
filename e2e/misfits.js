// Runs in the page, whose language this is.

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
