// SPDX-License-Identifier: Apache-2.0
// Maps of days and the outlines of schemes, fetched once while the page is open.
import type { Topology } from 'topojson-specification';
import { get, query } from '../lib/api';
import { landOf, type Land } from './geometry';
import type { MapOfDay } from './types';

function once<T>(fetch: (key: string) => Promise<T>) {
  const held = new Map<string, Promise<T>>();
  return (key: string): Promise<T> => {
    let found = held.get(key);
    if (!found) {
      found = fetch(key);
      held.set(key, found);
      found.catch(() => held.delete(key));
    }
    return found;
  };
}
const outlines = once(async (scheme) => landOf(await get<Topology>(`/maps/${scheme}`)));
const maps = once((search) => get<MapOfDay>('/maps' + search));

export async function mapOf(on: string, level: string, under: string): Promise<{ map: MapOfDay; land: Land }> {
  const map = await maps(query({ on, level, under }));
  return { map, land: await outlines(map.scheme) };
}
