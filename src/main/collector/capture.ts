/** What people do, as events: sessions, pages, clicks, changes, submits. Hands everything to the gate; sends nothing itself. */
import { attribute, described, flat, guard, label, lineage, matches } from './dom';
import { allowed, decidedBy, judge, options } from './gate';
import { add, flush, lose, resume } from './queue';
import { context, load, number, page, save, session, turn } from './visit';
import type { WireEvent } from './wire';

/** Never lets a mistake of ours, or of the page's own functions, reach the page; what failed is not captured. */
export const safely =
  <A extends unknown[], R>(f: (...args: A) => R) =>
  (...args: A): R | void => {
    try {
      return f(...args);
    } catch {
      lose();
    }
  };

/** Judges an event and queues what is left of it. Nothing is read from or written to storage unless it is allowed to. */
export const emit = (event: WireEvent, elements?: Element[]) => {
  if (!allowed()) return;
  wake();
  const state = load();
  state.user = state.user || number();
  const begun = session(state);
  if (begun === false) return;
  if (begun) add(begun, state);
  const { referrer, landing } = state.session!;
  if (event.type !== 'identify' && state.properties) event.properties = { ...state.properties, ...event.properties };
  const judged = judge({ ...event, page: context(), session: { referrer, landing } }, elements);
  if (judged) add(judged, state);
  save(state);
};

let seen = false;

/** A page begins. */
export const view = (asked?: boolean) => {
  turn();
  seen = true;
  if (asked || !options.disablePageviewAutocapture) emit({ type: 'pageview' });
};

/** Where capture is allowed, a page that was not counted yet is counted now. */
export const wake = () => seen || (allowed() && view());
export const rest = () => (seen = false);

const route = (replaced?: unknown) => {
  const here = location.href;
  if (!page || here === page.url) return;
  // Query and fragment written in place are bookkeeping of the same page.
  if (replaced === true && new URL(page.url).pathname === location.pathname) page.url = here;
  else view();
};

const LABELLED = 'a,area,button,summary,[role=button],[role=link],[role=menuitem],[role=tab]';
const ACTIVE =
  LABELLED +
  ',label,input,select,textarea,option,[role=checkbox],[role=radio],[role=switch],[role=option],[role=treeitem],[role^=menuitem],[onclick]';

/** Shadow roots that are listened to, and events that were heard. */
const known = new WeakSet<object>();

const handle: (e: Event) => void = safely((e) => {
  const type = e.type;
  if (known.has(e)) return;
  known.add(e);
  // `change` and `submit` don't leave a shadow root: whatever passes through one leads to it.
  for (const n of e.composedPath())
    if (n instanceof ShadowRoot && !known.has(n)) {
      known.add(n);
      guard(n);
      for (const t of ['change', 'submit']) n.addEventListener(t, handle, true);
    }
  if (type === 'focus' || (options.disableInteractionEvents || []).includes(type)) return;
  route();
  const way = flat(e);
  let target = way[0];
  if (!target) return;
  const event: WireEvent = { type };
  if (type === 'click') {
    const active = way.find((n) => matches(n, ACTIVE));
    // A click beside everything, or one that the browser repeats on the label's own field.
    if (active ? (active as HTMLLabelElement).control && matches(active, 'label') : matches(target, 'html,body')) return;
    target = active || target;
    if (!options.disableInteractionTextCapture && matches(target, LABELLED)) event.text = label(target) || undefined;
  } else if (!matches(target, type === 'change' ? 'input,select,textarea' : 'form')) return;
  const href = matches(target, 'a,area') ? attribute(target, 'href') : type === 'submit' && attribute(target, 'action');
  if (href) event.href = new URL(href, document.baseURI).href;
  const line = lineage(target);
  if (!line) return;
  const [path, elements] = line;
  // What was really hit may lie deeper, or in a component around it: if that is not to be captured, this is not.
  if (way.length !== elements.length && decidedBy({ type, path: described(way), page: context() }, way).outcome === 'dropped') return;
  emit({ ...event, path }, elements);
});

export const listen = () => {
  guard(document);
  for (const type of ['click', 'change', 'submit', 'focus']) addEventListener(type, handle, true);
  for (const name of ['pushState', 'replaceState'] as const) {
    const original = history[name];
    history[name] = function (this: History, ...args: any) {
      safely(flush)();
      original.apply(this, args);
      safely(route)(name === 'replaceState');
    };
  }
  addEventListener('popstate', safely(route));
  addEventListener('hashchange', safely(route));
  addEventListener('pageshow', safely((e: PageTransitionEvent) => e.persisted && view()));
  const leave = safely(() => flush(true));
  addEventListener('pagehide', leave);
  addEventListener('online', safely(resume));
  addEventListener('visibilitychange', () => document.hidden && leave(), true);
};
