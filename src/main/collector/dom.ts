/**
 * Reads the page: which element, where it stands, what its label says. Never reads what a field holds: there is no access to
 * a value, a file name or an option's text in this file, and a test greps the bundle for it.
 *
 * A form's own properties can be replaced by its fields (`<input name="parentNode">`), so everything is read through the
 * getters of the prototypes.
 */
import { ATTRIBUTES, TOKENS } from './tokens';
import type { WireNode } from './wire';

const getter = (proto: object, name: string) => {
  const get = Object.getOwnPropertyDescriptor(proto, name)!.get!;
  return (node: unknown) => get.call(node);
};
const element = Element.prototype;
const kind = getter(Node.prototype, 'nodeType');
const parent = getter(Node.prototype, 'parentNode');
const children = getter(Node.prototype, 'childNodes');
const previous = getter(element, 'previousElementSibling');
const tag = getter(element, 'localName');
const namespace = getter(element, 'namespaceURI');

export const attribute = (e: Element, name: string): string | null => element.getAttribute.call(e, name);
export const matches = (e: Element, selector: string): boolean => element.matches.call(e, selector);

/** Elements that were a password field once; they stay protected after "show password". */
const once = new WeakSet<Node>();

const watcher = new MutationObserver((changes) =>
  changes.forEach((c) => /^password$/i.test(c.oldValue!) && once.add(c.target)),
);

/** Remembers the password fields under this root, and those that are one later. */
export const guard = (root: Document | ShadowRoot) => {
  root.querySelectorAll('[type=password i]').forEach((e) => once.add(e));
  watcher.observe(root, { subtree: true, attributeFilter: ['type'], attributeOldValue: true });
};

/** Elements on the way of an event, the innermost first, through open shadow roots and slots. */
export const flat = (event: Event): Element[] =>
  event.composedPath().filter((n) => n !== window && kind(n) === 1) as Element[];

const describe = (e: Element, host: boolean): WireNode => {
  const node: WireNode = { t: tag(e), n: 1, k: 1 };
  for (let s = e; (s = previous(s)); ) {
    node.n!++;
    if (tag(s) === tag(e) && namespace(s) === namespace(e)) node.k!++;
  }
  const id = attribute(e, 'id');
  if (id) node.i = id;
  const classes = (attribute(e, 'class') || '').split(/\s+/).filter(Boolean);
  if (classes[0]) node.c = classes;
  const a: Record<string, string> = {};
  for (const name of ATTRIBUTES) {
    const v = attribute(e, name);
    if (v != null) a[name] = v;
  }
  if (once.has(e)) a.type = 'password';
  for (const _ in a) node.a = a;
  if (host) node.h = 1;
  if (!/xhtml/.test(namespace(e))) node.s = 1;
  return node;
};

/** The hierarchy of given elements as recorded. */
export const described = (elements: Element[]) => elements.map((e) => describe(e, false));

/**
 * From an element to the root, through open shadow roots. Nothing when the root can't be reached: ancestors that are not
 * seen could have said "ignore".
 */
export const lineage = (e: Element): [WireNode[], Element[]] | void => {
  const path: WireNode[] = [];
  const elements: Element[] = [];
  for (let n: Node | null = e; n && elements.length < 1000; n = parent(n)) {
    if (kind(n) === 9) return [path, elements];
    const shadow = kind(n) === 11;
    if (shadow) n = (n as ShadowRoot).host;
    if (!n) return;
    path.push(describe(n as Element, shadow));
    elements.push(n as Element);
  }
};

const UNREAD =
  'form,input,select,textarea,option,script,style,svg,svg *,noscript,template,iframe,object,canvas,video,audio,[hidden],[contenteditable],[data-heap-redact-text]' +
  TOKENS.map((t) => `,.${t},[${t}]`).join('');
const BLOCK = /^(div|p|li|br|h\d|t[dr])$/;

/**
 * The visible text inside a button or link, without the parts that are fields, ignored, redacted, edited by the user or drawn.
 * More than a label can hold (200 nodes, 8192 characters) is no label: nothing is read, rather than a part whose cut edge no
 * detector would recognise.
 */
export const label = (root: Element): string => {
  let text = '';
  let budget = 200;
  const walk = (n: Node) => {
    if (!budget || !--budget) return;
    if (kind(n) === 3) text += (n as Text).data;
    else if (kind(n) === 1) {
      const e = n as HTMLSlotElement;
      const slot = tag(e) === 'slot';
      if (matches(e, UNREAD) || e.isContentEditable || (!slot && e.checkVisibility && !e.checkVisibility({ visibilityProperty: true }))) return;
      if (BLOCK.test(tag(e))) text += ' ';
      const assigned = slot && e.assignedNodes();
      (assigned && assigned[0] ? assigned : children(e)).forEach(walk);
    }
  };
  walk(root);
  return budget && text.length < 8193 ? text.replace(/\s+/g, ' ').trim() : '';
};
