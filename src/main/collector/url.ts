/**
 * What may remain of an address: the twin of dev.weir.policy.UrlRules. Strings only, the same steps as in Java: the URL classes of
 * the two platforms disagree exactly where somebody would look for a hole.
 */

import { EXPLAIN } from './explain';

export type Note = (reason: string, rule: string) => void;
type Scrub = (text: string, key?: string) => string | null;

/** Without NUL and halves of surrogate pairs, which nothing can store. */
export const clean = (text: string) => text.replace(/[\0\ud800-\udfff]/gu, '');
export const cut = (text: string, most: number) => (text.length > most ? [...text.slice(0, 2 * most)].slice(0, most).join('') : text);

const lower = (text: string) => text.toLowerCase();
const decode = (text: string) =>
  text.replace(/%[0-7][\da-f]|%[cd][\da-f]%[89ab][\da-f]|%e[\da-f](%[89ab][\da-f]){2}|%f[0-7](%[89ab][\da-f]){3}/gi, (escapes) => {
    try {
      return decodeURIComponent(escapes);
    } catch {
      return escapes;
    }
  });
const encode = (text: string) => text.replace(/[^\w[\]{}:.~!*'()-]/gu, (c) => encodeURIComponent(c));
export const tidy = (url: string) =>
  cut(clean(url), 8192)
    .replace(/[\0-\x1f\x7f-\x9f]/g, '')
    .replace(/^ +| +$/g, '');
const slashed = (text: string) => text.replace(/\\/g, '/');

const isIdentifier = (text: string) =>
  (text = text.replace(/\.[a-z]{1,5}$/i, '')) &&
  (/^(\d+|[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12})$/i.test(text) ||
    (text.match(/[a-z\d]+/gi) || []).some((run) => run[23] || /^(\d{5,}|[\da-f]{16,})$/i.test(run) || (run[7] && /\d.*\d/.test(run) && /[a-z].*[a-z]/i.test(run))));

/** The path of a page as blocked pages are compared with it. */
export const pagePath = (url: string) => {
  const [, scheme, slashes, rest] = /^([a-z][a-z\d+.-]*:)?(\/*)([^?#]*)/i.exec(slashed(tidy(url).replace(/[?#][^]*/, '')))!;
  return decode(decode('/' + (slashes[1] || /^https?:/i.test(scheme) ? rest.replace(/^[^/]*/, '') : rest)))
    .replace(/\\/g, '/')
    .toLowerCase()
    .replace(/;[^/]*/g, '')
    .replace(/\/+/g, '/')
    .replace(/([^])\/$/, '$1');
};

/** Whether the pattern, in which `*` is any run of characters, is the whole text. */
export const covers = (pattern: string, text: string) => {
  const [first, ...rest] = pattern.split('*');
  const last = rest.pop();
  let at = first.length;
  return last == null
    ? pattern == text
    : text.startsWith(first) && rest.every((part) => (at = text.indexOf(part, at) + part.length) >= part.length) && text.length - last.length >= at && text.endsWith(last);
};

export const addresses = ({ parameters, fragment, identifiers, paths }: any, scrub: Scrub, scrubHost: (host: string) => string | null, blocking: (url: string) => string | undefined, note: Note) => (address: string) => {
  let gone: unknown;

  const listed = (name: string): string | undefined =>
    parameters.names.includes(name) ? name : parameters.names.find((n: string) => n.endsWith('*') && name.startsWith(n.slice(0, -1)));

  /** An address of a page that is closed to capture is not named anywhere. */
  const withheld = (address: string) => {
    const pattern = blocking(address);
    if (EXPLAIN && pattern) note('URL_PATH', 'pages.' + pattern);
    return pattern;
  };

  const scrubbed = (text: string, key?: string) => scrub(text, key) ?? (gone = '');

  const segment = (written: string) => {
    const plain = decode(written);
    const kept = scrubbed(plain) as string;
    if (identifiers == 'mask' && isIdentifier(kept)) {
      EXPLAIN && note('URL_PATH', 'urls.identifiers');
      return '{id}';
    }
    return kept == plain ? written : encode(kept);
  };

  const route = (path: string, depth: number) => {
    const segments = path.split('/').map((s) => /^([^;]*);?([^]*)/.exec(s)!);
    const named: string[] = [];
    for (const template of paths) {
      const parts: string[] = template.split('/').filter(Boolean);
      const places = segments.flatMap((s, i) => (s[1] ? i : [])).slice(0, parts.length);
      if (places.length == parts.length && parts.every((part, i) => part[0] == '{' || part == lower(decode(decode(segments[places[i]][1]))))) {
        parts.forEach((part, i) => part[0] == '{' && (named[places[i]] ||= part));
        EXPLAIN && note('URL_PATH', 'urls.paths.' + template);
      }
    }
    return segments
      .map(([, head, tail], i) => {
        const kept = query(tail, depth);
        return (named[i] || segment(head)) + (kept && ';' + kept);
      })
      .join('/');
  };

  const query = (text: string, depth: number) =>
    text
      .split(/[&;]/)
      .map((p) => p && parameter(p, depth))
      .filter(Boolean)
      .join('&');

  const parameter = (text: string, depth: number) => {
    const [, written, equals, value] = /^([^=]*)(=?)([^]*)/.exec(text)!;
    const plain = decode(written.replace(/\+/g, ' '));
    const name = lower(decode(plain).trim());
    const rule =
      parameters.mode == 'block' ? [name, ...name.split(/[^\w-]/)].map(listed).find(Boolean) : listed(name.split('[')[0]) ? undefined : '';
    if (rule != null) {
      EXPLAIN && note('URL_PARAMETER', 'urls.parameters' + (rule && '.' + rule));
      return '';
    }
    if (!equals) return segment(written.replace(/\+/g, '%20'));
    const kept = scrubbed(plain) as string;
    return (kept == plain ? written : encode(kept)) + '=' + inner(value, name, depth);
  };

  /** A value, which may be an address itself. */
  const inner = (written: string, name: string, depth: number) => {
    const plain = decode(written.replace(/\+/g, ' '));
    const tidied = tidy(plain);
    let text = plain;
    if (/^(https?:|[/\\])/i.test(tidied)) {
      if (depth > 2) {
        EXPLAIN && note('URL_PARAMETER', 'urls.parameters');
        return '';
      }
      const nested = url(tidied, depth + 1) as string;
      if (nested != tidied) text = nested;
      if (withheld(tidied)) text = '';
    }
    text = scrubbed(text, name) as string;
    return text == plain ? written : encode(text);
  };

  const url = (text: string, depth: number): string => {
    let [, path, search = '', hash = ''] = /^([^?#]*)(?:\?([^#]*))?(?:#([^]*))?/.exec(text)!;
    let out = '';
    path = slashed(path);
    const scheme = /^[a-z][a-z\d+.-]*:/i.exec(path);
    const foreign = (kept: string) => {
      EXPLAIN && note('URL_SCHEME', 'floor.scheme');
      return kept + ':';
    };
    if (scheme) {
      out = lower(scheme[0]);
      if (!/^https?:/.test(out)) return foreign(/^(mailto|tel|sms|javascript|data|blob|file|about):/.test(out) ? out.slice(0, -1) : 'other');
    }
    if (scheme || path.startsWith('//')) {
      const [, authority, rest] = /^\/*([^/]*)([^]*)/.exec(path.slice(out.length))!;
      const host = lower(authority.replace(/^[^]*@/, ''));
      path = rest;
      EXPLAIN && authority.includes('@') && note('URL_CREDENTIALS', 'floor.credentials');
      if (!/^[\w.:[\]\x80-\uffff-]+$/.test(host)) return foreign('other');
      out += '//' + (scrubHost(host) ?? (gone = '')) + route(path, depth);
    } else out += route(path, depth).replace(/^\/+/, '/');
    if ((search = query(search, depth))) out += '?' + search;
    if (EXPLAIN && hash && fragment == 'drop') note('URL_FRAGMENT', 'urls.fragment');
    if (hash && fragment != 'drop') {
      const [, front, back] = /^([^?]*)\??([^]*)/.exec(hash)!;
      const behind = query(back, depth);
      hash = (front.includes('=') ? query : route)(front, depth) + (behind && '?' + behind);
      if (hash) out += '#' + hash;
    }
    return out;
  };

  let kept = url(tidy(address), 0);
  if (cut(kept, 2048) != kept) kept = cut(url(tidy(cut(kept, 2048)), 0), 2048);
  return withheld(address) || gone != null ? null : kept;
};
