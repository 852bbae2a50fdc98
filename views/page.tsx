import { raw } from "hono/html";
import type { Child, PropsWithChildren } from "hono/jsx";
import { Icon } from "./icons.tsx";
import { ViewingBar, type ViewingProps } from "./viewing.tsx";

/** Where the files of the page are served. */
export interface Assets {
  css: string;
  js: string;
  htmx: string;
  icon: string;
}

/** Who looks at the page. */
export interface Viewer {
  id: string;
  name: string;
  account: { id: string; name: string };
  managesPeople: boolean;
}

/** What every page has around its content. */
export interface Shell {
  assets: Assets;
  /** Of this page, as support would want to know it. */
  path: string;
  supportEmail?: string;
  viewer?: Viewer;
  /** As whom somebody of the studio sees the page. */
  viewing?: ViewingProps | null;
}

interface PageProps {
  shell: Shell;
  title: string;
  /** What was just done, for the status region. */
  message?: Child;
  /** The window that is open on top of the page. */
  window?: Child;
}

/** A whole page: banner, content, the window and the one region for messages. */
export function Page({ shell, title, message, window, children }: PropsWithChildren<PageProps>) {
  return (
    <>
      {raw("<!DOCTYPE html>")}
      <html lang="en">
        <Head title={title} assets={shell.assets} />
        <body>
          <a class="skip" href="#main">Skip to the content</a>
          <Banner shell={shell} />
          {shell.viewing && <ViewingBar {...shell.viewing} />}
          <main id="main" tabindex={-1}>{children}</main>
          <Footer shell={shell} />
          <div id="window">{window}</div>
          <div class="messages">
            <div id="status" role="status">{message}</div>
            <div id="alerts"></div>
          </div>
        </body>
      </html>
    </>
  );
}

/** Nothing may be inline: neither htmx's own style element nor the style attributes that it would carry over while settling. */
const htmxConfig = JSON.stringify({
  includeIndicatorCSS: false,
  defaultSettleDelay: 0,
  history: "reload",
});

function Head({ title, assets }: { title: string; assets: Assets }) {
  return (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="htmx-config" content={htmxConfig} />
      <title>{`${title} · Callboard`}</title>
      <link rel="stylesheet" href={assets.css} />
      <link rel="icon" href={assets.icon} type="image/svg+xml" />
      <script src={assets.htmx} defer></script>
      <script src={assets.js} defer></script>
    </head>
  );
}

function Banner({ shell: { viewer } }: { shell: Shell }) {
  return (
    <header class="banner">
      <div class="brand">
        <a class="wordmark" href="/">Callboard</a>
        {viewer && <span class="banner-account">{viewer.account.name}</span>}
      </div>
      {viewer && (
        <nav class="banner-links" aria-label="Main">
          {viewer.managesPeople && (
            <a class="banner-link" href="/people" aria-label="People">
              <Icon name="users" />
              <span>People</span>
            </a>
          )}
          <a class="banner-link" href="/history" aria-label="History">
            <Icon name="history" />
            <span>History</span>
          </a>
          <a class="banner-link" href="/notifications" aria-label="Notification settings">
            <Icon name="settings" />
            <span>Notification settings</span>
          </a>
        </nav>
      )}
      {viewer && (
        <form class="banner-user" method="post" action="/sign-out">
          <span class="banner-name">{viewer.name}</span>
          <button type="submit" class="quiet">Sign out</button>
        </form>
      )}
    </header>
  );
}

function Footer({ shell: { viewer, supportEmail, path } }: { shell: Shell }) {
  if (!viewer) return null;
  return (
    <footer class="footer">
      <a href="/sessions">Where you are signed in</a>
      {supportEmail && (
        <span>
          Still stuck? <a href={`/support?page=${encodeURIComponent(path)}`}>Submit a request</a>
        </span>
      )}
    </footer>
  );
}
