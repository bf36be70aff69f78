/**
 * Reads the page: which element, where it stands, what its label says. Never reads what a field holds: there is no access to
 * a value, a file name or an option's text in this file, and a test greps the bundle for it.
 */
import { matches } from './element';
import { KEPT, REDACT_ATTRIBUTES, REDACT_TEXT, TOKENS } from './tokens';
import type { WireNode } from './wire';

/** A property by its prototype's getter: a form's own ones can be replaced by its fields (`<input name="parentNode">`). */
export const get = (node: unknown, name: string, of: { prototype: object } = Element): any => Reflect.get(of.prototype, name, node as any);
/** A property of the document itself, whatever an element of the page is named. */
export const own = (name: string): any => get(document, name, Document);
export const kind = (node: unknown): number => get(node, 'nodeType');
const parent = (node: unknown): Node | null => get(node, 'parentNode');
const tag = (node: unknown): string => get(node, 'localName');

export const attribute = (e: Element, name: string): string | null => Element.prototype.getAttribute.call(e, name);

/** Elements that were a password field once; they stay protected after "show password". */
const once = new WeakSet<Node>();

const watcher = new MutationObserver((changes) =>
  changes.forEach((c) => /^password$/i.test(c.oldValue!) && once.add(c.target)),
);

/** Remembers the password fields under this root that become something else. */
export const guard = (root: Node) => watcher.observe(root, { subtree: true, attributeFilter: ['type'], attributeOldValue: true });

/** The hierarchy of elements as recorded. */
export const described = (elements: Element[]) =>
  elements.map((e, i): WireNode => {
    const a: Record<string, string> = {};
    let n = 1;
    let k = 1;
    for (let s = e; (s = get(s, 'previousElementSibling')); n++) if (tag(s) == tag(e)) k++;
    for (const name of [...KEPT, REDACT_TEXT, REDACT_ATTRIBUTES, ...TOKENS]) {
      const v = attribute(e, name);
      if (v != null) a[name] = v;
    }
    if (once.has(e)) a.type = 'password';
    return {
      t: tag(e),
      i: attribute(e, 'id')!,
      c: attribute(e, 'class')?.match(/\S+/g)!,
      a,
      n,
      k,
      h: i && parent(elements[i - 1]) != e ? 1 : undefined,
      s: /xhtml/.test(get(e, 'namespaceURI')) ? undefined : 1,
    };
  });

/**
 * From an element to the root, through open shadow roots. Nothing when the root can't be reached: ancestors that are not
 * seen could have said "ignore".
 */
export const lineage = (e: Element): Element[] | undefined => {
  const line: Element[] = [];
  for (let n: any = e; n; n = parent(n) || n.host) {
    if (n == document) return line;
    if (kind(n) == 1) line.push(n);
  }
  return;
};

/** What is not read of a label. */
export const UNREAD =
  TOKENS.map((t) => `.${t},[${t}],`).join('') +
  `[${REDACT_TEXT}],[hidden],form,input,select,textarea,option,script,style,svg,svg *,iframe,object,canvas,video,audio`;

/**
 * The visible text inside a button or link, without the parts that are fields, ignored, redacted, edited by the user or drawn.
 * More than a label can hold (200 nodes, 8192 characters) is no label: nothing is read, rather than a part whose cut edge no
 * detector would recognise.
 */
export const label = (root: Element): string => {
  let text = '';
  let budget = 200;
  const walk = (n: any) => {
    if (--budget < 0) return;
    if (kind(n) == 3) text += n.data;
    // What passes the selector is no form, so nothing of it is replaced.
    if (kind(n) > 1 || matches(n, UNREAD) || n.isContentEditable) return;
    const slotted = n.assignedNodes?.();
    if (!slotted && n.checkVisibility?.({ visibilityProperty: true }) == false) return;
    if (/^(h\d|div|br|li|t[dr]|p)$/.test(tag(n))) text += ' ';
    (slotted?.[0] ? slotted : n.childNodes).forEach(walk);
  };
  walk(root);
  return budget < 0 || text[8192] ? '' : text.replace(/\s+/g, ' ').trim();
};
