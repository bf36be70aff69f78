/** The browser's half of enforcement: the twin of dev.weir.policy.CompiledPolicy. docs/policy-language.md has the steps, in this order. */
import { attempt } from './attempt';
import { matches } from './element';
import { scrubber } from './text';
import { clean, cut } from './strings';
import { KEPT, REDACT_ATTRIBUTES, REDACT_TEXT, TOKENS } from './tokens';
import { addresses, covers, pagePath, tidy } from './url';
import { begin, why } from './why';
import type { WireEvent, WireNode } from './wire';

export { why };

/** Whether the engine says why. In a page nobody reads that; the tests that compare both engines build one that does. */
declare const EXPLAIN: boolean;

/** What is left of an event; nothing when it is dropped. */
export type Judge = (event: WireEvent, consent?: string, gpc?: boolean, elements?: Element[]) => WireEvent | undefined;

const carries = ({ c, a }: WireNode, token: string) => c?.includes(token) || (a?.[token] != null && !/^(false|unmask|allow)$/i.test(a[token]));

/** What JSON has besides objects, arrays and null; NaN and infinity have become null on the way here. */
const isValue = (value: unknown) => typeof value != 'object';

/** Only for a complete, valid document; anything else throws here or drops every event. */
export const compile = ({ version, capture, consent, pages, urls, elements: rules, text: textRules, properties, events, identity }: any): Judge => {
  if (version != 1) throw 0;
  const scan = scrubber(textRules, urls);
  const blocking = (url: string, path = pagePath(url)): string | undefined => pages.find((p: string) => covers(p, path) || covers(p, path + '/'));
  const contact = scrubber([{ detector: 'email' }, { detector: 'phone' }]);

  const judged: Judge = (event, given, gpc, elements) => {
    if (EXPLAIN) begin();
    const scrub = (text: string, key?: string) => {
      const [left, hits] = scan(clean(text), key);
      if (EXPLAIN) why.texts(hits);
      return left;
    };
    /** Scrubbed, also under the name it will have, then cut, and looked at once more: what is left can mean something else. */
    const short = (text: string, most: number, key?: string, to?: string, rule?: any, look = scrub) => {
      let kept = look(text, key);
      if (kept && to) kept = scrub(kept, to);
      if (EXPLAIN && rule && kept && cut(kept, most) != kept) why.note('PROPERTY_TRUNCATED', rule);
      kept &&= look(cut(kept, most), key);
      return kept && cut(kept, most);
    };

    const { type, name, text, href, path: nodes = [], properties: sent = {}, page = {}, session = {} } = event;

    if (given == 'denied') return EXPLAIN ? why.drop('CONSENT_MISSING', 'consent', 'consent.required') : undefined;
    if (gpc && consent.honourGpc) return EXPLAIN ? why.drop('GPC', 'gpc', 'consent.honourGpc') : undefined;
    if (consent.required && given != 'granted') return EXPLAIN ? why.drop('CONSENT_MISSING', 'consent', 'consent.required') : undefined;
    if (capture[type] === false) return EXPLAIN ? why.drop('CAPTURE_OFF', 'type', 'capture.' + type) : undefined;
    const closed = page.url != null && blocking(page.url);
    if (closed) return EXPLAIN ? why.drop('PAGE_BLOCKED', 'page.url', 'pages.' + closed) : undefined;
    const plainName = name?.trim().toLowerCase();
    if (type == 'custom' && events.includes(plainName)) return EXPLAIN ? why.drop('EVENT_BLOCKED', 'name', 'events.' + plainName) : undefined;

    const own = nodes[0]?.a || {};
    if (/* secret-type */ /password|hidden/i.test(own.type) || /* secret-field */ /(^|\W)cc-|one-time-code|-password/i.test(own.autocomplete))
      return EXPLAIN ? why.drop('FIELD_PROTECTED', 'path', 'floor.field') : undefined;

    /** A selector that can't be decided counts as a match. */
    const fits = (selector: string, i: number) => attempt(() => matches(elements![i], selector), () => true);
    const rule = (action: string, test: (rule: any) => unknown) => {
      const found = rules.find((r: any) => r.action == action && test(r));
      return EXPLAIN && found ? 'elements.' + found.selector : found;
    };
    const anywhere = ({ selector }: any) => nodes.some((_, i) => fits(selector, i));
    const marked = (tokens: string[]) => {
      const found = nodes.flatMap((node) => tokens.filter((token) => carries(node, token)))[0];
      return EXPLAIN && found ? 'tokens.' + found : found;
    };

    const ignored = marked(TOKENS) || rule('ignore', anywhere);
    if (ignored) return EXPLAIN ? why.drop('ELEMENT_IGNORED', 'path', ignored) : undefined;

    /** Why something of a node may not stay. */
    const withheld = (i: number, names: string[]) =>
      (nodes.slice(i).some(({ a }) => a?.[REDACT_ATTRIBUTES]?.split(',').some((name) => names.includes(name.trim().toLowerCase()))) &&
        (EXPLAIN ? 'tokens.' + REDACT_ATTRIBUTES : 1)) ||
      rule('dropAttributes', (r) => names.some((name) => r.attributes.includes(name)) && (names[1] ? anywhere(r) : fits(r.selector, i)));

    const path = nodes.slice(0, 50).map((node, i) => {
      const stays = (name: string, not?: unknown) => {
        const held = withheld(i, [name]) || not;
        if (EXPLAIN && held) why.note('ATTRIBUTE_DROPPED', held);
        return !held;
      };
      return {
        ...node,
        t: (EXPLAIN && (why.field = 'path.tag'), short(node.t, 100) || ''),
        i: (EXPLAIN && (why.field = 'path.id'), (node.i && stays('id') && short(node.i, 100)) || undefined),
        c: (EXPLAIN && (why.field = 'path.class'), (node.c || []).slice(0, 20).filter((name) => stays('class') && name && short(name, 100) == name)),
        a: (EXPLAIN && (why.field = 'path.attribute'),
        Object.fromEntries(
          Object.entries(node.a || {})
            .sort()
            .flatMap(([name, value]) =>
              stays(name, EXPLAIN ? !KEPT.includes(name) && 'floor.attributes' : !KEPT.includes(name)) ? [[name, short(value, 100, name) ?? undefined]] : [],
            ),
        )),
      } as WireNode;
    });

    const plain = (value?: string): string | undefined => {
      if (!value) return;
      if (capture.text == 'keep') return short(value, capture.maxText) || undefined;
      if (EXPLAIN) why.note('TEXT_OFF', 'capture.text');
      return capture.text == 'mask' ? '[text]' : undefined;
    };
    if (EXPLAIN) why.field = 'text';
    const masked = text && capture.text != 'drop' && (marked([REDACT_TEXT]) || rule('maskText', anywhere));
    if (EXPLAIN && masked) why.note('TEXT_MASKED', masked);
    const label = masked ? '[redacted]' : plain(text);
    if (EXPLAIN) why.field = 'page.title';
    const title = plain(page.title);

    if (EXPLAIN) why.field = 'name';
    const called = name && (short(name, 1024) ?? `[${(scan(clean(name))[1].pop() || ['name'])[0]}]`);

    if (EXPLAIN) why.field = 'identity';
    let who = event.identity;
    if (who != null) {
      who = clean(who).trim();
      const key = who[0] == '+' ? 'phone' : '';
      const { form, refused } = identity;
      const against: any =
        ((!who || cut(who, 255) != who || refused.includes(who.toLowerCase())) && (EXPLAIN ? 'refused' : 1)) ||
        (form != 'any' && !(form == 'uuid' ? /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i : /^\d+$/).test(who) && (EXPLAIN ? 'form' : 1)) ||
        (identity.contact == 'refuse' && contact(who, key)[1][0] && (EXPLAIN ? 'contact' : 1)) ||
        scan(who, key)[1].find(([label]) => !/^(email$|phone)/.test(label));
      if (EXPLAIN && against) {
        why.note('IDENTITY_REFUSED', against[0][1] ? 'text.' + against[0] : 'identity.' + against);
        why.quarantine('IDENTITY_REFUSED');
      }
      if (against) who = undefined;
    }

    const address = addresses(
      urls,
      scrub,
      (host) => {
        const [left, hits] = scan(host);
        if (hits.every((hit) => /^ipv/.test(hit[0]))) return host;
        if (EXPLAIN) why.texts(hits);
        return left;
      },
      blocking,
    );
    /** Parts of a value that are addresses are judged as such first. */
    const parts = (text: string, key?: string) => {
      const judged = cut(text, 8192)
        .split('||')
        .map((part) => (/^(https?:|\/)\S*$/i.test(tidy(part)) ? address(part) || null : part));
      // What goes is looked at all the same: a rule may set the event aside for it.
      if (EXPLAIN && judged.includes(null)) scrub(text, key);
      return judged.includes(null) ? undefined : scrub(judged.join('||'), key);
    };
    const kept: [string, unknown][] = [];
    for (const key of Object.keys(sent).sort()) {
      let value: any = sent[key];
      if (value == null) continue;
      const matching = properties.filter(({ name }: any) => covers(name, key.toLowerCase()));
      if (EXPLAIN) why.field = 'properties' + (matching[0] ? '.' + matching[0].name : '');
      const by = (action: string) => matching.find((r: any) => r.action == action);
      if (Array.isArray(value)) {
        value = value.filter((v) => v != null);
        value = value.every(isValue) ? value.join('||') : {};
      }
      if (kept[199] || !isValue(value)) {
        if (EXPLAIN) why.note('PROPERTY_TYPE', 'floor.type');
        continue;
      }
      if (cut(clean(key), 1023) != key || scan(key)[1][0]) {
        if (EXPLAIN) why.note('PROPERTY_KEY', 'floor.key');
        continue;
      }
      if (by('drop')) {
        if (EXPLAIN) why.note('PROPERTY_DROPPED', 'properties.' + by('drop').name);
        continue;
      }
      const to = by('rename');
      if (by('mask')) {
        if (EXPLAIN) why.note('PROPERTY_MASKED', 'properties.' + by('mask').name);
        value = '[masked]';
      } else if (by('hash')) {
        if (EXPLAIN) why.note('PROPERTY_HASHED', 'properties.' + by('hash').name);
        value = cut(clean(value + ''), 1023);
      } else if (value !== !!value) {
        const most = by('truncate');
        const written = clean(value + '');
        const found = short(written, most?.length || 1023, key, to?.to, EXPLAIN && most && 'properties.' + most.name, parts);
        if (found != written || typeof value == 'string') value = found;
      }
      if (value == null) continue;
      if (EXPLAIN && to) why.note('PROPERTY_RENAMED', 'properties.' + to.name);
      // The last of a name wins: a renamed one.
      kept[to ? 'push' : 'unshift']([to ? to.to : key, value]);
    }

    const url = (value?: string) => (value && address(value)) || undefined;
    if (EXPLAIN) why.field = 'href';
    const unlinked = href && withheld(0, ['href', 'action']);
    if (EXPLAIN && unlinked) why.note('ATTRIBUTE_DROPPED', unlinked);
    return {
      type,
      name: called || undefined,
      text: label as string | undefined,
      path,
      properties: Object.fromEntries(kept),
      identity: who,
      href: unlinked ? undefined : (EXPLAIN && (why.field = 'href'), url(href)),
      page: { url: (EXPLAIN && (why.field = 'page.url'), url(page.url)), title: title as string | undefined, previous: (EXPLAIN && (why.field = 'page.previous'), url(page.previous)) },
      session: { referrer: (EXPLAIN && (why.field = 'session.referrer'), url(session.referrer)), landing: (EXPLAIN && (why.field = 'session.landing'), url(session.landing)) },
    };
  };

  return (...args) => attempt(() => judged(...args), EXPLAIN ? () => why.drop('POLICY_FAILURE', 'event', 'floor.failure') : undefined);
};
