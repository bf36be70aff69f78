/** `window.heap`, as pages know it from both generations of Heap's own script, over this collector. */
import { emit, view, wake } from './capture';
import { copy, erase, keys, write } from './disk';
import { CONSENT, heap, KEY, policed, rewrites, warn } from './gate';
import { drop, safely } from './queue';
import { cookie, load, number, save, turn } from './visit';
import type { State } from './visit';

const plain = (properties: unknown) => (typeof properties == 'object' ? copy({ ...properties }) : {});

const alter = (part: State) => save({ ...load(), ...part });
const merge = (properties: object) => alter({ properties: { ...load().properties, ...properties } });
const set = (properties: unknown) => merge(plain(properties));
const unset = (name: string) => merge({ [name]: undefined });

const reset = () => {
  emit({ type: 'reset' });
  // Properties of events stay: they describe the site, not the user.
  alter({ identity: undefined, session: undefined, user: number() });
};

const api: Record<string, (...args: any[]) => unknown> = {
  load() {},
  init() {},
  track: (name, properties) => emit({ type: 'custom', name: '' + name, properties: plain(properties) }),
  trackPageview: view,
  identify(value) {
    const identity = policed({ type: 'identify', identity: '' + value })?.identity;
    const known = load().identity;
    if (!identity) return warn('identity refused');
    if (known == identity) return;
    // Another person on the same device: without a new anonymous id both would be merged for good.
    if (known) reset();
    emit({ type: 'identify', identity });
    alter({ identity });
  },
  resetIdentity: reset,
  addUserProperties: (properties) => emit({ type: 'identify', properties: plain(properties) }),
  addEventProperties: set,
  setEventProperties: set,
  unsetEventProperty: unset,
  removeEventProperty: unset,
  clearEventProperties: () => alter({ properties: undefined }),
  getIdentity: () => load().identity || null,
  getUserId: () => load().user,
  getSessionId: () => load().session?.id,
  onReady: (f) => f(),
  addTransformerFn: (_, f) => rewrites.push(f),
  startTracking() {
    write(CONSENT, 'granted');
    wake();
  },
  stopTracking() {
    drop();
    keys(KEY).forEach(erase);
    write(CONSENT, 'denied');
    save({});
    cookie();
    turn();
  },
};
/** Takes over from the snippet: runs what it queued, transformers first, and answers from now on. */
export const take = () => {
  const ready: any = ((window as any).heapReadyCb ||= []);
  const early = [...(heap.splice?.(0) || []), ...ready.splice(0)];
  const later = (c: any) => +((c.name || c[0]) != 'addTransformerFn');
  // What else the snippet has prepared.
  for (const name in heap) if (typeof heap[name] == 'function') api[name] ||= () => warn(name + ' is not supported');
  for (const name in api) api[name] = heap[name] = safely(api[name]);
  heap.push = ready.push = safely((c: any) => (c.fn ? c.fn() : api[c[0]]?.(...c.slice(1))));
  early.sort((a, b) => later(a) - later(b)).forEach(heap.push);
};
