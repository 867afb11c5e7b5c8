// SPDX-License-Identifier: Apache-2.0
// The secret of an invitation stands behind '#', where no server on the way sees it. It is taken out of the address bar
// at once, before anything else is loaded, and lives in this page's memory only.
export const link = $state({ open: false, token: '' });

function take() {
  if (location.pathname !== '/invitation') return;
  link.open = true;
  const token = location.hash.slice(1);
  if (!token) return;
  history.replaceState(null, '', '/invitation');
  link.token = token;
}
take();
window.addEventListener('hashchange', take);
