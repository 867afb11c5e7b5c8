// SPDX-License-Identifier: Apache-2.0
// A3 across, with a foot on each page: which page of how many, what it is, as of when. The rule for pages names texts of
// the moment, so it is put in while printing; the page's content is only made then.
import { flushSync } from 'svelte';

const quoted = (text: string) => `"${text.replace(/["\\\n]/g, ' ')}"`;

export function printOn(foot: () => string, shows: (printing: boolean) => void) {
  const sheet = new CSSStyleSheet();
  const begin = () => {
    sheet.replaceSync(
      `@page { size: A3 landscape; margin: 15mm; @bottom-left { content: ${quoted(foot())}; font: 9pt 'Source Sans 3', sans-serif; } @bottom-right { content: counter(page) "/" counter(pages); font: 9pt 'Source Sans 3', sans-serif; } }`,
    );
    if (!document.adoptedStyleSheets.includes(sheet)) document.adoptedStyleSheets.push(sheet);
    flushSync(() => shows(true));
  };
  const end = () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== sheet);
    shows(false);
  };
  return {
    now: () => window.print(),
    listen: () => {
      window.addEventListener('beforeprint', begin);
      window.addEventListener('afterprint', end);
      return () => {
        window.removeEventListener('beforeprint', begin);
        window.removeEventListener('afterprint', end);
      };
    },
  };
}
