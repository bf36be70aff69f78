/**
 * Batches on their way. A batch is stored before it is sent and erased when the server has answered, so neither a crash nor a
 * closed page nor a server that is away loses it; event ids make a second delivery harmless.
 */
import { attempt } from './attempt';
import { erase, keys, read, write } from './disk';
import { hash } from './given';
import { allowed, consent, judge, KEY, policed, target } from './gate';
import { context, number, page, random } from './visit';
import type { State } from './visit';
import type { WireEvent } from './wire';

const BOX = KEY + '-batch-';

let head: any;
let events: any[] = [];
let timer: any;
let closed = 1e5;

let lost = 0;
/** Events that could not be kept; the next batch says how many. */
const lose = (n = 1) => {
  lost += n;
};

/** Never lets a mistake of ours, or of the page's own functions, reach the page; what failed is not captured. */
export const safely =
  <A extends unknown[], R>(f: (...args: A) => R) =>
  (...args: A) =>
    attempt(() => f(...args), lose);

/** Hands on from `from` what is the same before and after the policy. */
export const stamp = (left: any, { id, at }: any) => ({ ...left, id, at });

/** Takes in a judged event. */
export const add = ({ page: where, session, ...left }: WireEvent, state: State) => {
  // A UUID of version 7 that names the time of its batch: ids that come in together stand together where the server looks for them.
  const at = Date.now();
  const digits = [...(events[0] || { at }).at.toString(16)];
  const id = '0xxxxxxx-xxxx-7xxx-8xxx-xxxxxxxxxxxx'.replace(/x/g, () => digits.shift() || (random() & 15n).toString(16));
  const event = stamp(left, { id, at });
  const next = {
    policy: hash,
    consent: consent(),
    user: state.user,
    session: stamp(session, state.session),
    page: stamp(where, page),
  };
  // Bytes; the wire's limit is 50,000 with what is added on the way.
  const full = () => new Blob([JSON.stringify([next, events, event])]).size > 44000;
  if (JSON.stringify(next) != JSON.stringify(head) || full()) close();
  if (full()) return lose();
  head = next;
  if (!events[0]) timer = setTimeout(flush, 1000);
  events.push(event);
};

/** Closes the open batch into the box, within its bounds. A title that came after the events is judged and taken over. */
const close = () => {
  clearTimeout(timer);
  if (events[0] && allowed()) {
    if (page?.url == location.href) head.page.title = judge({ type: 'session', page: context() })?.page?.title;
    write(BOX + Date.now() + closed++ + number(), { ...head, events });
    keys(BOX)
      .slice(0, -20)
      .forEach((k) => {
        lose(read(k)?.events?.length);
        erase(k);
      });
  }
  drop();
};

/** Forgets what waits. */
export const drop = () => (events = []);

const flying = new Set<string>();
let failures = 0;
let waiting: any;

/** A stored batch by the policy in force: what an older one let through may be too much today. Selectors can't be decided any more and count as matches. */
const body = (k: string) =>
  attempt(() => {
    const b = read(k);
    if (b.policy != hash) {
      b.policy = hash;
      b.events = b.events.flatMap((e: any) => {
        const judged = policed({ ...e, page: b.page, session: b.session });
        if (!judged) return [];
        const { page, session, ...left } = judged;
        b.page = stamp(page, b.page);
        b.session = stamp(session, b.session);
        return stamp(left, e);
      });
    }
    return b.events[0] && JSON.stringify({ v: 1, sent: Date.now(), lost, ...b });
  });

const post = async (k: string, body: string) => {
  // Said once, however many batches leave together.
  const told = lost;
  lost = 0;
  let pause: string | false | null = '';
  flying.add(k);
  try {
    // No referrer: the address in it has passed no policy.
    const r = await fetch(target, { method: 'POST', body, keepalive: true, credentials: 'omit', referrerPolicy: 'no-referrer' });
    // Read to its end: until then the browser counts the request against what a page may have under way.
    await r.text();
    pause = /^(408|429|5)/.test(r.status as any) && (r.headers.get('retry-after') || '');
  } catch {}
  flying.delete(k);
  if (pause === false) {
    erase(k);
    failures = 0;
    send();
  } else {
    lost += told;
    waiting ||= setTimeout(resume, 1000 * Math.min(+pause || (1 + Math.random()) * 2 ** Math.min(failures++, 7), 3600));
  }
};

/** Sends what waits, one batch at a time, or all at once when the page is closing: what is too much for that waits for the next. */
const send = (hurry?: boolean) => {
  for (const k of keys(BOX)) {
    if (waiting || (flying.size && !hurry) || !allowed()) return;
    if (flying.has(k)) continue;
    const text = body(k);
    if (text) post(k, text);
    else erase(k);
  }
};

export const flush = safely((hurry?: boolean) => {
  close();
  send(hurry);
});

export const resume = () => {
  clearTimeout(waiting);
  waiting = 0;
  flush();
};
