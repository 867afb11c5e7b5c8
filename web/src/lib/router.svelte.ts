// SPDX-License-Identifier: Apache-2.0
// The address is the state: every view can be sent as a link.
export const route = $state({ path: location.pathname, search: location.search });

function read() {
  route.path = location.pathname;
  route.search = location.search;
}
window.addEventListener('popstate', read);

/// A page may still be on its way; its heading takes the focus when it is there.
function focusHeading(frames = 300) {
  requestAnimationFrame(() => {
    const heading = document.querySelector<HTMLElement>('#main h1');
    if (heading) heading.focus();
    else if (frames > 0) focusHeading(frames - 1);
  });
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
