/** `window.heap`, as pages know it from both generations of Heap's own script, over this collector. */
import { emit, rest, safely, view, wake } from './capture';
import { allowed, decide, decidedBy, rewrites, started, warn } from './gate';
import { drop } from './queue';
import { cookie, forget, load, number, save } from './visit';
import type { State } from './visit';

type Properties = Record<string, unknown>;

/** A copy as JSON has it: dates become text, functions go, and the page can't change it afterwards. */
const plain = (properties: unknown): Properties =>
  properties && typeof properties === 'object' && !Array.isArray(properties) ? JSON.parse(JSON.stringify(properties)) : {};

const alter = (change: (state: State) => void) => {
  const state = load();
  change(state);
  save(state);
};

const set = (properties: unknown) => alter((s) => (s.properties = { ...s.properties, ...plain(properties) }));
const unset = (name: string) => alter((s) => s.properties && delete s.properties[name]);

const reset = () => {
  emit({ type: 'reset' });
  // Properties of events stay: they describe the site, not the user.
  alter((s) => {
    delete s.identity;
    delete s.session;
    s.user = number();
  });
};

export const api: Record<string, (...args: any[]) => unknown> = {
  load() {},
  init() {},
  track: (name: unknown, properties) => emit({ type: 'custom', name: '' + name, properties: plain(properties) }),
  trackPageview: () => view(true),
  identify(value: unknown) {
    if (!allowed()) return;
    const identity = decidedBy({ type: 'identify', identity: '' + value }).event?.identity as string | undefined;
    if (!identity) return warn('this identity is refused by the policy');
    const known = load().identity;
    if (known === identity) return;
    // Another person on the same device: without a new anonymous id both would be merged for good.
    if (known) reset();
    emit({ type: 'identify', identity });
    alter((s) => (s.identity = identity));
  },
  resetIdentity: reset,
  addUserProperties: (properties) => emit({ type: 'identify', properties: plain(properties) }),
  addEventProperties: set,
  setEventProperties: set,
  removeEventProperty: unset,
  unsetEventProperty: unset,
  clearEventProperties: () => alter((s) => delete s.properties),
  getUserId: () => load().user,
  getIdentity: () => load().identity || null,
  getSessionId: () => load().session?.id,
  onReady: (f) => f(),
  addTransformerFn: (_, f) => rewrites.push(f),
  startTracking() {
    if (!started) return;
    decide('granted');
    wake();
  },
  stopTracking() {
    drop();
    forget();
    decide('denied');
    cookie();
    rest();
  },
};
for (const name of 'addAccountProperties addAdapter addTransformer addPageviewProperties removePageviewProperty clearPageviewProperties identifyHashed'.split(' '))
  api[name] = () => warn(name + ' is not supported');

/** Takes over from the snippet: runs what it queued, transformers first, and answers from now on. */
export const take = (heap: any) => {
  const early: [string, () => unknown][] = [];
  const call = ([name, ...args]: any[]) => api[name] && api[name](...args);
  if (Array.isArray(heap)) for (const c of heap.splice(0)) early.push([c[0], () => call(c)]);
  const ready: any = ((window as any).heapReadyCb = (window as any).heapReadyCb || []);
  for (const c of ready.splice(0)) early.push([c.name, c.fn]);
  for (const name in api) api[name] = heap[name] = safely(api[name]);
  heap.push = call;
  ready.push = (c: any) => safely(c.fn)();
  early.sort((a, b) => +(b[0] === 'addTransformerFn') - +(a[0] === 'addTransformerFn')).forEach(([, f]) => safely(f)());
};
