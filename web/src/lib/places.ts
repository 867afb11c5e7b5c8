// SPDX-License-Identifier: Apache-2.0
// What the bar shows of an address, and what it changes in it: the unit and the map's day of a page are those of its address.

const queryOf = (search: string) => new URLSearchParams(search);
const segmentsOf = (path: string) => path.split('/').filter(Boolean).map(decodeURIComponent);
const codeOf = (code: string) => encodeURIComponent(code).replaceAll('%3A', ':');
const address = (segments: readonly string[], search: URLSearchParams) => {
  const text = search.toString();
  return '/' + segments.map(codeOf).join('/') + (text ? '?' + text : '');
};

/// Pages that show the units or figures of a day that can be chosen (`?on=`).
export const readsMap = (path: string) => ['dashboard', 'board', 'explore', 'units'].includes(segmentsOf(path)[1] ?? '');

/// The code of the unit that a page is about, or nothing where it is about the reader's own.
export function unitOf(path: string, search: string): string {
  const [, page = '', first = '', , third = ''] = segmentsOf(path);
  const query = queryOf(search);
  switch (page) {
    case 'reports': return third;
    case 'units': return first;
    case 'board': return query.get('under') ?? 'iso:VN';
    case 'explore': {
      const units = query.get('units') ?? 'level:province';
      if (units.startsWith('level:') || units === 'nation') return 'iso:VN';
      const inside = /^(?:children:|under:)?([^,]+?:[^,:]+)(?::[a-z_]+)?$/.exec(units);
      return inside?.[1] ?? '';
    }
    default: return query.get('unit') ?? '';
  }
}

/// The same page about another unit.
export function withUnit(path: string, search: string, unit: { code: string; level: string }): string {
  const segments = segmentsOf(path);
  const query = queryOf(search);
  const nation = unit.level === 'nation';
  const below = nation ? 'province' : 'commune';
  switch (segments[1]) {
    case 'reports': return address([...segments.slice(0, 4), unit.code], new URLSearchParams());
    case 'units': return address([segments[0]!, 'units', unit.code], query);
    case 'board':
      query.set('level', below);
      if (nation) query.delete('under');
      else query.set('under', unit.code);
      return address(segments, query);
    case 'explore':
      query.set('units', nation ? 'level:province' : unit.level === 'province' ? `children:${unit.code}` : unit.code);
      query.delete('explain');
      return address(segments, query);
    case 'documents': query.set('unit', unit.code); return address(segments.slice(0, 2), query);
    case 'dashboard': case 'work': case 'batch': case 'checks': query.set('unit', unit.code); return address(segments, query);
    default: return address([segments[0]!, 'units', unit.code], new URLSearchParams());
  }
}

/// The same page on another day's map; nothing chosen means today's.
export function withDay(path: string, search: string, day: string): string {
  const query = queryOf(search);
  if (day) query.set('on', day);
  else query.delete('on');
  return address(segmentsOf(path), query);
}

/// The same page of another programme; what one programme alone has (a report, a document) is left.
export function withProgramme(path: string, code: string): string {
  const [, page = 'work'] = segmentsOf(path);
  return `/${code}/${['reports', 'documents'].includes(page) ? 'work' : page}`;
}

/// The period that a page shows, whose last day is a map worth offering.
export function periodOf(path: string, search: string): string {
  const segments = segmentsOf(path);
  const query = queryOf(search);
  return segments[1] === 'reports' ? (segments[3] ?? '') : (query.get('period') ?? query.get('to') ?? '');
}
