/**
 * Batches on their way. A batch is stored before it is sent and erased when the server has answered, so neither a crash nor a
 * closed page nor a server that is away loses it; event ids make a second delivery harmless.
 */
import { erase, keys, parsed, read, write } from './disk';
import { allowed, consent, decidedBy, judge, KEY, weir } from './gate';
import { context, number, page, title } from './visit';
import type { State } from './visit';
import type { WireEvent } from './wire';

const BOX = KEY + '-batch-';
/** Bytes; the wire's limit is 50,000 with what is added on the way. */
const FULL = 44000;
const BEACON = 60000;

const encoder = new TextEncoder();
const bytes = (value: unknown) => encoder.encode(JSON.stringify(value)).length;

let target = '';
export const aim = (url: string) => (target = url);

interface Batch {
  policy: string;
  consent?: string;
  user: string;
  session: any;
  page: any;
  events: any[];
}
let batch: Batch | undefined;
let key = '';
let size = 0;
let named: string | undefined;
let timer = 0;
let closed = 0;

const uuid = () => {
  const b = crypto.getRandomValues(new Uint8Array(16));
  b[6] = (b[6] & 15) | 64;
  b[8] = (b[8] & 63) | 128;
  return Array.from(b, (x, i) => (i > 3 && i < 11 && !(i & 1) ? '-' : '') + (x + 256).toString(16).slice(1)).join('');
};

let lost = 0;
/** Events that could not be kept; the next batch says how many. */
export const lose = (n = 1) => (lost += n);

/** Takes in a judged event. */
export const add = (judged: WireEvent, state: State) => {
  const { page: p = {}, session: _, ...rest } = judged;
  const { last: __, ...session } = state.session!;
  const { title: t, ...where } = p;
  const event = { id: uuid(), at: Date.now(), ...rest };
  const head: Batch = {
    policy: weir!.hash,
    consent: consent(),
    user: state.user!,
    session,
    page: { ...where, id: page!.id, at: page!.at },
    events: [],
  };
  const k = JSON.stringify(head);
  const n = bytes(event);
  if (batch && (k !== key || size + n > FULL)) close();
  if (!batch) {
    batch = head;
    key = k;
    size = bytes(head);
    timer = setTimeout(flush, 1000) as unknown as number;
  }
  if (size + n > FULL) {
    lose();
    return;
  }
  batch.events.push(event);
  size += n;
  if (t) batch.page.title = t;
  named = title();
};

/** Closes the open batch into the box, within its bounds. A title that came after the event is judged and taken over. */
const close = () => {
  clearTimeout(timer);
  if (!batch || !batch.events[0]) return;
  if (page && page.id === batch.page.id && page.url === location.href && title() !== named) {
    batch.page.title = judge({ type: 'session', page: context() })?.page?.title;
  }
  write(BOX + (Date.now() * 1000 + (closed++ % 1000)) + '-' + number(), JSON.stringify(batch));
  batch = undefined;
  let all = keys(BOX);
  let room = 200000;
  all
    .reverse()
    .filter((k, i) => (room -= read(k)!.length) < 0 || i > 19)
    .forEach((k) => {
      lose(parsed(read(k)).events?.length);
      erase(k);
    });
};

const flying = new Set<string>();
let failures = 0;
let waiting = 0;

/** A stored batch by the policy in force; what an older policy let through may be too much today. */
const body = (k: string) => {
  const b: Batch = parsed(read(k));
  if (b.policy !== weir!.hash) {
    b.events = (b.events || []).flatMap(({ id, at, path, ...rest }) => {
      // Selectors are decided on elements, and these are gone: with element rules in force the event is, too.
      if (path && weir!.policy.elements?.length) return [];
      const v = decidedBy({ ...rest, path, page: b.page, session: b.session }).event as WireEvent | undefined;
      if (!v) return [];
      const { page: p, session: s, ...left } = v;
      b.page = { ...p, id: b.page.id, at: b.page.at };
      b.session = { ...s, id: b.session.id, at: b.session.at };
      return [{ id, at, ...left }];
    });
    b.policy = weir!.hash;
  }
  return b.events?.[0] && JSON.stringify({ v: 1, sent: Date.now(), lost: lost || undefined, ...b });
};

const post = (k: string, text: string) => {
  const told = lost;
  const later = (after?: string | null) => {
    flying.delete(k);
    const pause = (+after! * 1000 || Date.parse(after!) - Date.now() || Math.min(300000, 1000 * 2 ** failures++) * (0.5 + Math.random() / 2));
    clearTimeout(waiting);
    waiting = setTimeout(resume, Math.min(Math.max(pause, 0), 3600000)) as unknown as number;
  };
  flying.add(k);
  // No referrer: the address in it has passed no policy.
  fetch(target, { method: 'POST', body: text, keepalive: true, credentials: 'omit', referrerPolicy: 'no-referrer' })
    // Read to its end: until then the browser counts the request against what a page may have under way.
    .then((r) => r.text().then(() => r))
    .then(
      (r) => {
        if (!r.ok && (r.status === 429 || r.status > 499)) return later(r.headers.get('retry-after'));
        flying.delete(k);
        erase(k);
        lost -= told;
        failures = 0;
        send();
      },
      () => later(),
    );
};

/** Sends what waits, one batch at a time, or all that a closing page may send. */
const send = (hurry?: boolean) => {
  if (waiting || (flying.size && !hurry)) return;
  let room = BEACON;
  for (const k of keys(BOX)) {
    if (!allowed()) return;
    if (flying.has(k)) {
      room -= read(k)!.length;
      continue;
    }
    const text = body(k);
    if (!text) {
      erase(k);
      continue;
    }
    if ((room -= bytes(text)) < 0) return;
    post(k, text);
    if (!hurry) return;
  }
};

export const flush = (hurry?: unknown) => {
  close();
  send(hurry === true);
};

export const resume = () => {
  clearTimeout(waiting);
  waiting = 0;
  send();
};

/** Forgets what waits. */
export const drop = () => {
  clearTimeout(timer);
  batch = undefined;
};
