// SPDX-License-Identifier: Apache-2.0
// Outlines → paths in one plane of 1000 units width, made once for a scheme. The two archipelagos are a layer of their
// own, so that nothing of a province's look (white borders, zoom, missing figures) can make them vanish.
import { geoPath, geoTransform } from 'd3-geo';
import { feature, mesh } from 'topojson-client';
import type { MultiPolygon, Polygon, Position } from 'geojson';
import type { GeometryCollection, Topology } from 'topojson-specification';

export type ArchipelagoKey = 'hoang_sa' | 'truong_sa';
export interface Box { left: number; top: number; right: number; bottom: number }
export interface Province {
  /// The code without its scheme.
  digits: string;
  name: string;
  path: string;
  /// Of the largest piece of land: where a name or an icon stands.
  centre: [number, number];
  area: number;
  box: Box;
}
export interface Archipelago { key: ArchipelagoKey; digits: string; path: string; box: Box; count: number }
export interface Land {
  width: number;
  height: number;
  provinces: Province[];
  islands: Archipelago[];
  /// Between provinces, and towards sea and neighbours.
  borders: string;
  coast: string;
  place: (point: [number, number]) => [number, number];
}

export const plane = 1000;
/// Every island east of this meridian is one of the two archipelagos: the easternmost land beside them lies at 109.46° E
/// (Mũi Đôi), and no other island of Vietnam further east than Phú Quý, 108.9° E.
const east = 109.55;
/// Between the southernmost of Hoàng Sa (15.7° N) and the northernmost of Trường Sa (12° N).
const between = 14;
export const archipelagoAt = ([longitude, latitude]: Position): ArchipelagoKey | null =>
  longitude! > east ? (latitude! > between ? 'hoang_sa' : 'truong_sa') : null;

const northing = (latitude: number) => (180 / Math.PI) * Math.log(Math.tan(Math.PI / 4 + (latitude * Math.PI) / 360));
const polygonsOf = (shape: Polygon | MultiPolygon): Position[][][] => (shape.type === 'Polygon' ? [shape.coordinates] : shape.coordinates);

function middle(ring: Position[]): Position {
  let x = 0;
  let y = 0;
  for (const point of ring) {
    x += point[0]!;
    y += point[1]!;
  }
  return [x / ring.length, y / ring.length];
}

export function landOf(topology: Topology): Land {
  const collection = Object.values(topology.objects)[0] as GeometryCollection<{ name: string }>;
  const shapes = feature(topology, collection).features;
  let [west, south, right, north] = [180, 90, -180, -90];
  for (const shape of shapes)
    for (const polygon of polygonsOf(shape.geometry as Polygon | MultiPolygon))
      for (const point of polygon[0]!) {
        west = Math.min(west, point[0]!);
        right = Math.max(right, point[0]!);
        south = Math.min(south, point[1]!);
        north = Math.max(north, point[1]!);
      }
  // Some room for the islets' outlines and names.
  west -= 0.25;
  right += 0.35;
  south -= 0.5;
  north += 0.25;
  const scale = plane / (right - west);
  const top = northing(north);
  const x = (longitude: number) => (longitude - west) * scale;
  const y = (latitude: number) => (top - northing(latitude)) * scale;
  const projection = geoTransform({
    point(longitude, latitude) {
      this.stream.point(x(longitude), y(latitude));
    },
  });
  const path = geoPath(projection).digits(1);
  const boxOf = (shape: MultiPolygon): Box => {
    const [[left, above], [beside, below]] = path.bounds(shape);
    return { left, top: above, right: beside, bottom: below };
  };

  const provinces: Province[] = [];
  const islands: Archipelago[] = [];
  for (const shape of shapes) {
    const parts: Record<'land' | ArchipelagoKey, Position[][][]> = { land: [], hoang_sa: [], truong_sa: [] };
    for (const polygon of polygonsOf(shape.geometry as Polygon | MultiPolygon)) parts[archipelagoAt(middle(polygon[0]!)) ?? 'land'].push(polygon);
    const digits = String(shape.id);
    for (const key of ['hoang_sa', 'truong_sa'] as const) {
      const drawn: MultiPolygon = { type: 'MultiPolygon', coordinates: parts[key] };
      if (parts[key].length) islands.push({ key, digits, path: path(drawn) ?? '', box: boxOf(drawn), count: parts[key].length });
    }
    let largest: Polygon = { type: 'Polygon', coordinates: parts.land[0] ?? [] };
    for (const coordinates of parts.land)
      if (path.area({ type: 'Polygon', coordinates }) > path.area(largest)) largest = { type: 'Polygon', coordinates };
    const drawn: MultiPolygon = { type: 'MultiPolygon', coordinates: parts.land };
    provinces.push({ digits, name: shape.properties.name, path: path(drawn) ?? '', centre: path.centroid(largest), area: path.area(largest), box: boxOf(drawn) });
  }
  const lines = (inner: boolean) => path(mesh(topology, collection, (a, b) => (a !== b) === inner)) ?? '';
  return {
    width: plane, height: y(south), provinces, islands, borders: lines(true), coast: lines(false),
    place: ([longitude, latitude]) => [x(longitude), y(latitude)],
  };
}

/// What of the plane is seen: `scale` pixels for a unit of it, the plane's origin at (x, y).
export interface View { scale: number; x: number; y: number }

/// The view in which a box stands in the middle of a window, with room around it.
export function viewOf(box: Box, width: number, height: number, room = 16): View {
  const scale = Math.min((width - 2 * room) / Math.max(1, box.right - box.left), (height - 2 * room) / Math.max(1, box.bottom - box.top));
  return { scale, x: (width - scale * (box.left + box.right)) / 2, y: (height - scale * (box.top + box.bottom)) / 2 };
}

/// Zoomed about a point of the window, never further out than the whole, never so far in that nothing is left to see.
export function zoomed(view: View, factor: number, about: [number, number], least: number, most = 60): View {
  const scale = Math.min(most, Math.max(least, view.scale * factor));
  const by = scale / view.scale;
  return { scale, x: about[0] - (about[0] - view.x) * by, y: about[1] - (about[1] - view.y) * by };
}

/// At least a third of the window goes on showing the plane.
export function kept(view: View, land: { width: number; height: number }, width: number, height: number): View {
  const clamp = (at: number, size: number, window: number) => Math.min(window * 0.66, Math.max(window * 0.34 - size, at));
  return { ...view, x: clamp(view.x, land.width * view.scale, width), y: clamp(view.y, land.height * view.scale, height) };
}

export const shown = (box: Box, view: View, width: number, height: number) =>
  box.left * view.scale + view.x >= 0 && box.right * view.scale + view.x <= width && box.top * view.scale + view.y >= 0 && box.bottom * view.scale + view.y <= height;

export interface Label { text: string; x: number; y: number }
/// Names that do not lie over each other, the largest land first.
export function labelsOf(provinces: Province[], view: View, width: number, height: number, text: (province: Province) => string, taken: Box[] = []): Label[] {
  const boxes = [...taken];
  const labels: Label[] = [];
  for (const province of [...provinces].sort((a, b) => b.area - a.area)) {
    const words = text(province);
    const [x, y] = [province.centre[0] * view.scale + view.x, province.centre[1] * view.scale + view.y];
    const half = words.length * 3.3 + 3;
    const box = { left: x - half, right: x + half, top: y - 9, bottom: y + 7 };
    if (box.left < 0 || box.right > width || box.top < 0 || box.bottom > height) continue;
    if (half * 2 > (province.box.right - province.box.left) * view.scale * 1.6) continue;
    if (boxes.some((other) => box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom)) continue;
    boxes.push(box);
    labels.push({ text: words, x, y: y + 4 });
  }
  return labels;
}
