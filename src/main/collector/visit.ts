/** Who is here, since when, on which page. What is kept between pages has passed the policy. */
import { attempt } from './attempt';
import { read, write } from './disk';
import { own, UNREAD } from './dom';
import { allowed, heap, KEY, options, policed } from './gate';
import type { WirePage, WireSession } from './wire';

export interface State {
  user?: string;
  identity?: string;
  properties?: Record<string, unknown>;
  session?: WireSession & { id: string; at: number };
  last?: number;
}

export const random = () => crypto.getRandomValues(new BigUint64Array(1))[0];
/** A decimal number below 2^53, as text. */
export const number = () => '' + (random() >> 11n);

/** What is known while nothing may be stored; gone with the page. */
let memory: State = {};

export const load = (): State => {
  const state = { ...(read(KEY) || memory) };
  if (options.secureCookie) state.user = attempt(() => document.cookie.match(KEY + '=(\\d+)')![1]) || state.user;
  return state;
};

export const save = (state: State) => {
  memory = state;
  heap.userId = state.user;
  heap.identity = state.identity || null;
  if (!allowed()) return;
  if (state.properties) state.properties = policed({ type: 'session', properties: state.properties })?.properties;
  // It stays in storage as well: on a page without TLS, or in a frame that may have none, the cookie doesn't take.
  if (options.secureCookie) cookie(state.user, 34128000);
  write(KEY, state);
};

/** 13 months; readable by this host only. */
export const cookie = (user = '', age = 0) => attempt(() => (document.cookie = `_${KEY}=${user};path=/;SameSite=Lax;Secure;max-age=${age}`));

/** The page as it is, before any policy. Lives in memory only; nothing while nothing is captured. */
export let page: (WirePage & { id: string; at: number; url: string }) | undefined;

export const turn = (on?: boolean) => {
  page = on ? { id: number(), at: Date.now(), url: location.href, previous: page ? page.url : own('referrer') } : undefined;
};

/** The page as it is now; its title, unless that is marked as private. */
export const context = () => ({ ...page, title: document.querySelector(`title:not(${UNREAD})`) && own('title') });
