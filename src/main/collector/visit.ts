/** Who is here, since when, on which page. What is kept between pages has passed the policy. */
import { parsed, read, write } from './disk';
import { allowed, decidedBy, judge, KEY, options } from './gate';
import type { WireEvent, WirePage, WireSession } from './wire';

export interface State {
  user?: string;
  identity?: string;
  properties?: Record<string, unknown>;
  session?: WireSession & { id: string; at: number; last: number };
}

/** A decimal number below 2^53, as text. */
export const number = () => {
  const [a, b] = crypto.getRandomValues(new Uint32Array(2));
  return '' + (a * 2097152 + (b >>> 11));
};

const COOKIE = '_' + KEY + '=';
const cookies = () => options.secureCookie || options.metadataStorage === 'cookie';

/** What is known while nothing may be stored; gone with the page. */
let memory: State = {};
export const forget = () => {
  memory = {};
};

let tell: (state: State) => void = () => {};
export const onState = (f: typeof tell) => (tell = f);

export const load = (): State => {
  const kept = read(KEY);
  const state = kept ? parsed(kept) : memory;
  if (cookies())
    try {
      state.user = document.cookie.split('; ').find((c) => c.startsWith(COOKIE))?.slice(COOKIE.length) || state.user;
    } catch {}
  return state;
};

export const save = (state: State) => {
  memory = state;
  tell(state);
  if (!allowed()) return;
  if (state.properties) state.properties = decidedBy({ type: 'session', properties: state.properties }).event?.properties;
  if (cookies()) cookie(state.user, 34128000);
  write(KEY, JSON.stringify({ ...state, user: cookies() ? undefined : state.user }));
};

/** 13 months; readable by this host only. */
export const cookie = (user = '', age = 0) => {
  try {
    document.cookie =
      COOKIE + user + ';path=/;SameSite=Lax;max-age=' + age + (options.secureCookie || location.protocol === 'https:' ? ';Secure' : '');
  } catch {}
};

/** The page as it is, before any policy. Lives in memory only. */
export let page: WirePage & { id: string; at: number; url: string } | undefined;

/** The page's title now, unless it is marked as private. */
export const title = () => {
  const e = document.querySelector('title');
  const t = document.title;
  return typeof t !== 'string' || e?.matches('[data-heap-redact-text],[heap-ignore],.heap-ignore,[data-heap-ignore]') ? undefined : t || undefined;
};

/** An address of this site that the policy closes to capture is not named on other pages either. */
const open = (url: string | undefined) =>
  url && url.startsWith(location.origin) && decidedBy({ type: 'session', page: { url } }).outcome === 'dropped' ? undefined : url || undefined;

const referrer = () => (typeof document.referrer === 'string' ? document.referrer : '');

export const turn = () => {
  page = { id: number(), at: Date.now(), url: location.href, previous: page ? page.url : referrer() };
};

export const context = () => ({ url: page!.url, title: title(), previous: open(page!.previous) });

/** Begins a session where there is none or it rested for 30 minutes. The session event, or nothing when the old one goes on. */
export const session = (state: State): WireEvent | undefined | false => {
  const now = Date.now();
  if (state.session && now - state.session.last < 1800000) {
    state.session.last = now;
    return;
  }
  const event = judge({
    type: 'session',
    page: context(),
    session: { referrer: open(referrer()), landing: page!.url },
  });
  if (!event) return false;
  state.session = { ...event.session, id: number(), at: now, last: now };
  return event;
};
