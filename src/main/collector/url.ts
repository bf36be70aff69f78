/**
 * What may remain of an address: the twin of dev.weir.policy.UrlRules. Strings only, the same steps as in Java: the URL classes of
 * the two platforms disagree exactly where somebody would look for a hole.
 */

import { why } from './why';
import { clean, cut, unescaped as decode } from './strings';

/** As in engine.ts. */
declare const EXPLAIN: boolean;

type Scrub = (text: string, key?: string) => string | undefined;

const lower = (text: string) => text.toLowerCase();
/** In a query a plus is a space, but for one at the beginning, which is a telephone number's. */
const spaced = (text: string) => text.replace(/(?!^)\+/g, '%20');
/** As it was written, unless something of it is gone. */
const rewritten = (written: string, plain: string, kept: string) => (kept == plain ? written : kept.replace(/[^\w[\]{}:.~!*'()-]/gu, encodeURIComponent));
export const tidy = (url: string) =>
  cut(clean(url), 8192)
    .replace(/\p{Cc}/gu, '')
    .trim();
const slashed = (text: string) => text.replace(/\\/g, '/');

/** The path of a page as blocked pages are compared with it. */
export const pagePath = (url: string) => {
  const [, scheme, slashes, rest] = /^([a-z][a-z\d+.-]*:)?(\/*)([^?#]*)/i.exec(slashed(tidy(url)))!;
  return lower(slashed(decode(decode('/' + (slashes[1] || /^https?:/i.test(scheme) ? rest.replace(/^[^/]*/, '') : rest)))))
    .replace(/;[^/]*/g, '')
    .replace(/\/+/g, '/')
    .replace(/(?!^)[/ ]*$/, '');
};

/**
 * Whether the pattern, in which `*` is any run of characters, is the whole text. Both are put between halves of a surrogate pair, which
 * neither can hold: so the first part is found at the beginning only, and the last at the end.
 */
export const covers = (pattern: string, text: string, at = 0) =>
  `\ud800${pattern}\ud800`.split('*').every((part) => (at = `\ud800${text}\ud800`.indexOf(part, at) + part.length) >= part.length);

/** The rule that takes a parameter of this name away, if only as one that is not listed; or nothing. */
export const forbidding = ({ mode, names }: any, name: string): string | undefined => {
  const listed = (name: string): string | undefined => names.find((pattern: string) => covers(pattern, name));
  return mode == 'block' ? [name, ...name.split(/[^\w-]/)].map(listed).find(Boolean) : listed(name.split('[')[0]) ? undefined : '';
};

export const addresses = ({ parameters, fragment, identifiers, paths }: any, scrub: Scrub, scrubHost: (host: string) => string | undefined, blocking: (url: string) => string | undefined) => (address: string) => {
  let gone: unknown;
  let depth = 0;

  const scrubbed = (text: string, key?: string): string => scrub(text, key) ?? ((gone = 1), '');

  const segment = (written: string) => {
    const plain = decode(written);
    const kept = scrubbed(plain) as string;
    // One that names one thing among many: digits, hexadecimal digits, letters mixed with digits, or just long.
    if (
      identifiers == 'mask' &&
      /* identifier */ /^\d+(\.[a-z]{1,5})?(?![\s\S])|(^|[^a-z\d])(\d{5,}|[\da-f]{12,}|[a-z\d]{24,}|(?=([a-z]*\d){2})(?=(\d*[a-z]){2})[a-z\d]{8,})(?![a-z\d])/i.test(kept)
    ) {
      EXPLAIN && why.note('URL_PATH', 'urls.identifiers');
      return '{id}';
    }
    return rewritten(written, plain, kept);
  };

  const route = (path: string) => {
    const segments: any[] = path.split('/').map((s) => /^([^;]*);?([^]*)/.exec(s));
    const filled = segments.filter((s) => s[1]);
    for (const template of paths) {
      const parts: string[] = template.split('/').filter(Boolean);
      if (parts.every((part, i) => filled[i] && (part[0] == '{' || part == lower(decode(decode(filled[i][1])))))) {
        parts.forEach((part, i) => part[0] == '{' && (filled[i][3] ||= part));
        EXPLAIN && why.note('URL_PATH', 'urls.paths.' + template);
      }
    }
    return segments
      .map(([, head, tail, named]) => {
        const kept = query(tail);
        return (named || segment(head)) + (kept && ';' + kept);
      })
      .join('/');
  };

  const query = (text: string) =>
    text
      .split(/[&;]/)
      .filter((p) => p.trim())
      .map(parameter)
      .filter(Boolean)
      .join('&');

  const parameter = (text: string) => {
    const [, written, equals, value] = /^([^=]*)(=?)([^]*)/.exec(text)!;
    const plain = decode(spaced(written));
    const name = lower(decode(plain).trim());
    const rule = forbidding(parameters, name);
    if (rule != null) {
      EXPLAIN && why.note('URL_PARAMETER', 'urls.parameters' + (rule && '.' + rule));
      return '';
    }
    if (!equals) return segment(spaced(written));
    return rewritten(written, plain, scrubbed(plain)) + '=' + inner(value, name);
  };

  /** A value, which may be an address itself. */
  const inner = (written: string, name: string) => {
    const plain = decode(spaced(written));
    const tidied = tidy(plain);
    let nested: string | undefined;
    if (/^(https?:|\/|\\)/i.test(tidied)) {
      if (depth > 2) {
        EXPLAIN && why.note('URL_PARAMETER', 'urls.parameters');
        return '';
      }
      depth++;
      nested = url(tidied);
      depth--;
    }
    // What goes is looked at all the same: a rule may set the event aside for it.
    const kept = scrubbed(nested && nested != tidied ? nested : plain, name);
    return nested == '' ? nested : rewritten(written, plain, kept);
  };

  const url = (text: string): string => {
    let [, path, search, hash] = /^([^?#]*)\??([^#]*)#?([^]*)/.exec(text)!;
    let out = '';
    path = slashed(path);
    const scheme = /^[a-z][a-z\d+.-]*:/i.exec(path);
    if (scheme) {
      out = lower(scheme[0]);
      if (!/^https?:/.test(out)) {
        EXPLAIN && why.note('URL_SCHEME', 'floor.scheme');
        return /^(file|javascript|blob|about|sms|tel|mailto|data):/.test(out) ? out : 'other:';
      }
    }
    if (scheme || /^\/\//.test(path)) {
      const [, authority, rest] = /^\/*([^/]*)([^]*)/.exec(path.slice(out.length))!;
      const host = lower(authority.replace(/[^]*@/, ''));
      path = rest;
      EXPLAIN && authority.includes('@') && why.note('URL_CREDENTIALS', 'floor.credentials');
      if (!/^[\w.:[\]\x80-\uffff-]+$/.test(host)) {
        EXPLAIN && why.note('URL_SCHEME', 'floor.scheme');
        return 'other:';
      }
      out += '//' + (scrubHost(host) ?? ((gone = 1), '')) + route(path);
    } else out += route(path).replace(/^\/+/, '/');
    search = query(search);
    out += search && '?' + search;
    if (EXPLAIN && hash && fragment == 'drop') why.note('URL_FRAGMENT', 'urls.fragment');
    if (hash && fragment != 'drop') {
      const [, front, back] = /^([^?]*)\??([^]*)/.exec(hash)!;
      const behind = query(back);
      hash = (/=/.test(front) ? query : route)(front) + (behind && '?' + behind);
      out += hash && '#' + hash;
    }
    // A page that is closed to capture is not named anywhere.
    const closed = blocking(text);
    if (EXPLAIN && closed) why.note('URL_PATH', 'pages.' + closed);
    return closed ? '' : out;
  };

  // Until the rules leave it as it is: what is left may be more than may stay, such as a placeholder as the name of a parameter.
  let kept: any = tidy(address);
  let last;
  for (let n = 9; kept && kept != last; kept = n-- && tidy(cut(url((last = kept)), 2048)));
  if (EXPLAIN && kept === 0) why.note('URL_SCHEME', 'floor.scheme');
  return gone ? '' : kept;
};
