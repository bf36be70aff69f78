/** What people do, as events: sessions, pages, clicks, changes, submits. Hands everything to the gate; sends nothing itself. */
import { attribute, described, get, guard, kind, label, lineage, own } from './dom';
import { matches } from './element';
import { allowed, judge, options, policed } from './gate';
import { add, flush, resume, safely, stamp } from './queue';
import { context, load, number, page, save, turn } from './visit';
import type { WireEvent } from './wire';

/** Judges an event and queues what is left of it. Nothing is read from or written to storage unless it is allowed to. */
export const emit = (event: WireEvent, elements?: Element[]) => {
  if (!wake()) return;
  const state = load();
  const at = Date.now();
  state.user ||= number();
  // A session begins where there is none or it rested for 30 minutes.
  if (!state.session || at - state.last! >= 1800000) {
    const begun = judge({ type: 'session', page: context(), session: { referrer: own('referrer'), landing: page!.url } });
    if (!begun) return;
    state.session = stamp(begun.session, { id: number(), at });
    add(begun, state);
  }
  state.last = at;
  if (event.type != 'identify') event.properties = { ...state.properties, ...event.properties };
  const judged = judge({ ...event, page: context(), session: state.session }, elements);
  if (judged) add(judged, state);
  save(state);
};

/** A page begins. */
export const view = () => {
  flush();
  turn(true);
  emit({ type: 'pageview' });
  return page;
};

/** Whether capture is allowed; a page that was not counted yet is counted now. */
export const wake = (): unknown => allowed() && (page || view());

const route = (how?: unknown) => {
  const here = location.href;
  if (!page || here == page.url) return;
  // Query and fragment written in place are bookkeeping of the same page.
  if (how == 'replaceState' && new URL(page.url).pathname == location.pathname) page.url = here;
  else view();
};

const LABELLED = 'a,area,button,summary,[role=button],[role=link],[role=menuitem],[role=tab]';
const ACTIVE =
  LABELLED +
  ',label,input,select,textarea,option,[role=checkbox],[role=radio],[role=switch],[role=option],[role=treeitem],[role^=menuitem],[onclick]';

/** Shadow roots that are listened to, and events that were heard. */
const known = new WeakSet<object>();
const fresh = (o: object) => !known.has(o) && known.add(o);

const handle: (e: Event) => void = safely((e) => {
  const { type } = e;
  const targets = e.composedPath();
  // The innermost first, through open shadow roots and slots.
  const way = targets.filter((n) => n != window && kind(n) == 1) as Element[];
  let target = way[0];
  if (!fresh(e)) return;
  // `change` and `submit` don't leave a shadow root: whatever passes through one leads to it.
  for (const n of targets)
    if (n instanceof ShadowRoot && fresh(n)) {
      guard(n);
      for (const t of ['change', 'submit']) n.addEventListener(t, handle, true);
    }
  if (type == 'focus' || !target) return;
  route();
  if (!wake()) return;
  const event: WireEvent = { type };
  if (type == 'click') {
    const active = way.find((n) => matches(n, ACTIVE));
    // A click beside everything, or one that the browser repeats on the label's own field.
    if (active ? (active as HTMLLabelElement).control : matches(target, 'html,body')) return;
    target = active || target;
    if (!options.disableTextCapture && !options.disableInteractionTextCapture && matches(target, LABELLED)) event.text = label(target);
  } else if (!matches(target, type == 'change' ? 'input,select,textarea' : 'form')) return;
  const href = attribute(target, type == 'submit' ? 'action' : 'href');
  if (href) event.href = new URL(href, get(target, 'baseURI')).href;
  const elements = lineage(target);
  // What was really hit may lie deeper, or in a component around it: if that is not to be captured, this is not.
  if (elements && policed({ type, path: described(way), page: context() }, way)) emit({ ...event, path: described(elements) }, elements);
});

export const listen = () => {
  guard(document);
  for (const name of ['pushState', 'replaceState'] as const) {
    const original = history[name];
    history[name] = (...args) => {
      flush();
      original.apply(history, args);
      safely(route)(name);
    };
  }
  const leave = () => flush(true);
  const on: Record<string, (e: any) => unknown> = {
    click: handle,
    change: handle,
    submit: handle,
    focus: handle,
    popstate: route,
    pageshow: (e) => e.persisted && view(),
    pagehide: leave,
    visibilitychange: leave,
    online: resume,
  };
  for (const type in on) addEventListener(type, safely(on[type]), true);
};
