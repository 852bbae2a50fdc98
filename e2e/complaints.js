// Runs in every page before its own scripts.

addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI, sample }) => {
  globalThis.complain(`${effectiveDirective} forbids ${blockedURI} ${sample}`);
});
