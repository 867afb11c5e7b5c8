// SPDX-License-Identifier: Apache-2.0
import { post_file } from '../lib/api';

/// A file that is made by a request: its bytes behind an address of this page, to be saved under its name.
export async function fetchFile(path: string, body: unknown): Promise<{ url: string; name: string }> {
  const response = await post_file(path, body);
  const name = /filename="?([^";]+)/.exec(response.headers.get('Content-Disposition') ?? '')?.[1] ?? 'tep';
  return { url: URL.createObjectURL(await response.blob()), name };
}
