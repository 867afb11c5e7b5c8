// SPDX-License-Identifier: Apache-2.0
// The address is the state: every view can be sent as a link.
export const route = $state({ path: location.pathname, search: location.search });

function read() {
  route.path = location.pathname;
  route.search = location.search;
}
window.addEventListener('popstate', read);

let journey = 0;
/// A page may still be on its way; its heading takes the focus when it is there. A heading that stood in until the page
/// was known hands it on to the one in its place, unless somebody has gone elsewhere meanwhile.
function focusHeading() {
  const turn = ++journey;
  let mine: HTMLElement | undefined;
  let frames = 300;
  const look = () => {
    if (turn !== journey || frames-- === 0) return;
    const heading = document.querySelector<HTMLElement>('#main h1');
    if (mine && document.activeElement !== mine && document.activeElement !== document.body) return;
    if (heading && heading !== mine) {
      heading.focus();
      mine = heading;
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

export function go(address: string, replace = false) {
  if (replace) history.replaceState(null, '', address);
  else history.pushState(null, '', address);
  const before = route.path;
  read();
  if (before !== route.path) {
    window.scrollTo(0, 0);
    focusHeading();
  }
}

/// Changes some values of the address's query; empty ones leave it.
export function adjust(values: Record<string, string>) {
  const search = new URLSearchParams(route.search);
  for (const [key, value] of Object.entries(values)) {
    if (value) search.set(key, value);
    else search.delete(key);
  }
  const text = search.toString();
  go(route.path + (text ? '?' + text : ''), true);
}

export const value = (key: string, fallback = '') => new URLSearchParams(route.search).get(key) ?? fallback;

/// Plain clicks on our own links stay in the page.
export function intercept(event: MouseEvent) {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = (event.target as Element).closest('a');
  if (!link || link.target || link.hasAttribute('download') || link.origin !== location.origin || link.pathname.startsWith('/api/')) return;
  event.preventDefault();
  go(link.pathname + link.search);
}
