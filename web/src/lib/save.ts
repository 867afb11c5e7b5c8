// SPDX-License-Identifier: Apache-2.0
/// Hands a file to the browser to be kept. Its bytes are let go when even a slow device has taken them.
export function save(content: Blob, name: string) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
