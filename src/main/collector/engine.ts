/** The browser's half of enforcement: the twin of dev.weir.policy.CompiledPolicy. docs/policy-language.md has the steps, in this order. */
import { EXPLAIN } from './explain';
import { scrubber } from './text';
import { KEPT, REDACT_ATTRIBUTES, REDACT_TEXT, TOKENS } from './tokens';
import { addresses, clean, covers, cut, pagePath, tidy } from './url';
import type { WireEvent, WireNode } from './wire';

/** What the policy makes of an event. Reasons and findings are there only where the engine is built to explain itself. */
export interface Judged {
  outcome: 'kept' | 'quarantined' | 'dropped';
  reason?: string;
  event?: WireEvent;
  findings: { reason: string; field: string; rule: string }[];
}

export interface Engine {
  judge(event: WireEvent, circumstances: { consent?: string; gpc?: boolean }, elements?: Element[]): Judged;
}

type Verdict = readonly [reason: string, field: string, rule: string];
const dropped = (why: Verdict | false): Judged => ({
  outcome: 'dropped',
  ...(why ? { reason: why[0], findings: [{ reason: why[0], field: why[1], rule: why[2] }] } : { findings: [] }),
});

const carries = ({ c, a }: WireNode, token: string) => c?.includes(token) || (a?.[token] != null && !/^\s*(false|unmask|allow)\s*$/i.test(a[token]));

const isValue = (value: unknown) => typeof value == 'string' || value === !!value || Number.isFinite(value);

/** Only for a complete, valid document; anything else throws here or drops every event. */
export const compile = ({ version, capture, consent, pages, urls, elements: rules, text: textRules, properties, events, identity }: any): Engine => {
  if (version != 1) throw 0;
  const scan = scrubber(textRules);
  const contact = scrubber(['email', 'phone'].map((detector) => ({ detector, action: 'mask' })));
  const blocking = (url: string, path = pagePath(url)): string | undefined => pages.find((p: string) => covers(p, path) || covers(p, path + '/'));

  const judged = (event: WireEvent, given: string | undefined, gpc: boolean | undefined, elements?: Element[]): Judged => {
    const findings: Judged['findings'] = [];
    let field = '';
    let reason: string | false | undefined;
    const note = (r: string, rule: string) => {
      if (!findings.some((f) => f.reason == r && f.field == field && f.rule == rule)) findings.push({ reason: r, field, rule });
    };
    const setAside = (r: string | false) => (reason ??= r);

    const taken = (hits: [string, string][]) =>
      hits.forEach(([label, action]) => {
        if (EXPLAIN) note('TEXT_' + (action == 'mask' ? 'MASKED' : action == 'drop' ? 'DROPPED' : 'QUARANTINE'), 'text.' + label);
        if (action[4] == 'a') setAside(EXPLAIN && 'TEXT_QUARANTINE');
      });
    const scrub = (text: string, key?: string) => {
      const found = scan(clean(text), key);
      taken(found.hits);
      return found.text;
    };
    /** Scrubbed, then cut; what was cut is looked at once more. */
    const short = (text: string, most: number, key?: string) => {
      let kept = scrub(text, key);
      if (kept && cut(kept, most) != kept) kept = scrub(cut(kept, most), key);
      return kept && cut(kept, most);
    };

    const { type, name, text, href, path: nodes = [], properties: sent = {}, page = {}, session = {} } = event;

    if (given == 'denied') return dropped(EXPLAIN && ['CONSENT_MISSING', 'consent', 'consent.required']);
    if (gpc && consent.honourGpc) return dropped(EXPLAIN && ['GPC', 'gpc', 'consent.honourGpc']);
    if (consent.required && given != 'granted') return dropped(EXPLAIN && ['CONSENT_MISSING', 'consent', 'consent.required']);
    if (capture[type] === false) return dropped(EXPLAIN && ['CAPTURE_OFF', 'type', 'capture.' + type]);
    const page_ = page.url != null && blocking(page.url);
    if (page_) return dropped(EXPLAIN && ['PAGE_BLOCKED', 'page.url', 'pages.' + page_]);
    const plainName = (name || '').trim().toLowerCase();
    if (type == 'custom' && events.includes(plainName)) return dropped(EXPLAIN && ['EVENT_BLOCKED', 'name', 'events.' + plainName]);

    const own = nodes[0]?.a || {};
    if (/^\s*(password|hidden)\s*$/i.test(own.type) || /(^|\s)(cc-|(one-time-code|(current|new)-password)(\s|$))/i.test(own.autocomplete))
      return dropped(EXPLAIN && ['FIELD_PROTECTED', 'path', 'floor.field']);

    /** A selector that can't be decided counts as a match. */
    const fits = (selector: string, i: number) => {
      try {
        return Element.prototype.matches.call(elements![i], selector);
      } catch {
        return true;
      }
    };
    const rule = (action: string, test: (rule: any) => unknown) => {
      const found = rules.find((r: any) => r.action == action && test(r));
      return found && (EXPLAIN ? 'elements.' + found.selector : 1);
    };
    const anywhere = ({ selector }: any) => nodes.some((_, i) => fits(selector, i));
    const marked = (tokens: string[]) => {
      for (const node of nodes) for (const token of tokens) if (carries(node, token)) return EXPLAIN ? 'tokens.' + token : 1;
      return;
    };

    const ignored = marked(TOKENS) || rule('ignore', anywhere);
    if (ignored) return dropped(EXPLAIN && ['ELEMENT_IGNORED', 'path', ignored]);

    /** Why something of a node may not stay. */
    const withheld = (i: number, names: string[]) =>
      nodes.slice(i).some(({ a }) => (a?.[REDACT_ATTRIBUTES] || '').split(',').some((name) => names.includes(name.trim().toLowerCase())))
        ? EXPLAIN
          ? 'tokens.' + REDACT_ATTRIBUTES
          : 1
        : rule('dropAttributes', (r) => names.some((name) => r.attributes.includes(name)) && (names[1] ? anywhere(r) : fits(r.selector, i)));

    const path = nodes.slice(0, 50).map((node, i) => {
      const stays = (name: string, last?: unknown) => {
        const why = withheld(i, [name]) || last;
        if (EXPLAIN && why) note('ATTRIBUTE_DROPPED', why);
        return !why;
      };
      if (EXPLAIN) field = 'path.tag';
      const kept: WireNode = { ...node, t: short(node.t, 100) || '', i: undefined, c: [], a: {} };
      if (EXPLAIN) field = 'path.id';
      if (node.i && stays('id')) kept.i = short(node.i, 100) || undefined;
      if (EXPLAIN) field = 'path.class';
      if (node.c?.[0] != null && stays('class'))
        for (const name of node.c) {
          if (kept.c![19]) break;
          const found = short(name, 100);
          if (found && found == cut(clean(name), 100)) kept.c!.push(found);
        }
      if (EXPLAIN) field = 'path.attribute';
      for (const name of Object.keys(node.a || {}).sort())
        if (stays(name, !KEPT.includes(name) && 'floor.attributes')) {
          const value = short(node.a![name], 100, name);
          if (value != null) kept.a![name] = value;
        }
      return kept;
    });

    const plain = (value?: string): string | null | undefined => {
      if (!value) return;
      if (capture.text == 'keep') return short(value, capture.maxText) || undefined;
      if (EXPLAIN) note('TEXT_OFF', 'capture.text');
      return capture.text == 'mask' ? '[text]' : undefined;
    };
    if (EXPLAIN) field = 'text';
    const masked = text && capture.text != 'drop' && (marked([REDACT_TEXT]) || rule('maskText', anywhere));
    if (EXPLAIN && masked) note('TEXT_MASKED', masked);
    const label = masked ? '[redacted]' : plain(text);
    if (EXPLAIN) field = 'page.title';
    const title = plain(page.title);

    if (EXPLAIN) field = 'name';
    const called = name && (short(name, 1024) ?? `[${(scan(clean(name)).hits.pop() || ['name'])[0]}]`);

    if (EXPLAIN) field = 'identity';
    let who = event.identity;
    if (who != null) {
      who = clean(who).trim();
      const key = who[0] == '+' ? 'phone' : '';
      const { refused, form } = identity;
      const why =
        !who || cut(who, 255) != who || refused.includes(who.toLowerCase())
          ? 'refused'
          : form != 'any' && !(form == 'uuid' ? /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i : /^\d+$/).test(who)
            ? 'form'
            : identity.contact == 'refuse' && contact(who, key).hits[0]
              ? 'contact'
              : scan(who, key).hits.find(([label]) => !/^(email$|phone)/.test(label));
      if (why) {
        if (EXPLAIN) note('IDENTITY_REFUSED', why[0][1] ? 'text.' + why[0] : 'identity.' + why);
        setAside(EXPLAIN && 'IDENTITY_REFUSED');
        who = undefined;
      }
    }

    const address = addresses(
      urls,
      scrub,
      (host) => {
        const { hits, text } = scan(host);
        if (hits.every((hit) => /^ipv/.test(hit[0]))) return host;
        taken(hits);
        return text;
      },
      blocking,
      note,
    );
    const kept: [string, unknown][] = [];
    const renamed: [string, unknown][] = [];
    for (const key of Object.keys(sent).sort()) {
      let value: any = sent[key];
      if (value == null) continue;
      const lower = key.toLowerCase();
      const matching = properties.filter(({ name }: any) => name == lower || (name.endsWith('*') && lower.startsWith(name.slice(0, -1))));
      if (EXPLAIN) field = 'properties' + (matching[0] ? '.' + matching[0].name : '');
      const by = (action: string) => matching.find((r: any) => r.action == action);
      const told = (r: string, rule: any) => {
        if (EXPLAIN && rule) note('PROPERTY_' + r, rule.name ? 'properties.' + rule.name : rule);
        return rule;
      };
      if (Array.isArray(value)) {
        value = value.filter((v) => v != null);
        value = value.every(isValue) ? value.join('||') : {};
      }
      const to = by('rename');
      const most = by('truncate');
      if (
        told('TYPE', (kept.length + renamed.length > 199 || !isValue(value)) && 'floor.type') ||
        told('KEY', (cut(key, 1023) != key || clean(key) != key || scan(key).hits[0]) && 'floor.key') ||
        told('DROPPED', by('drop'))
      )
        continue;
      if (told('MASKED', by('mask'))) value = '[masked]';
      else if (told('HASHED', by('hash'))) value = cut(clean(value + ''), 1023);
      else if (value !== !!value) {
        const limit = most?.length || 1023;
        const written = clean(value + '');
        /** Parts that are addresses are judged as such first. */
        const look = (text: string) => {
          const parts = cut(text, 8192).split('||').map((part) => (/^(https?:|[/\\])\S*$/i.test(tidy(part)) ? address(part) : part));
          return parts.includes(null) ? null : scrub(parts.join('||'), key);
        };
        let found = look(written);
        if (found != null && to) found = scrub(found, to.to);
        if (found != null && cut(found, limit) != found) {
          told('TRUNCATED', most);
          found = look(cut(found, limit));
          value = found && cut(found, limit);
        } else if (found != written || typeof value == 'string') value = found;
      }
      if (value == null) continue;
      told('RENAMED', to);
      (to ? renamed : kept).push([to ? to.to : key, value]);
    }

    const url = (value: string | undefined, at: string | false) => {
      if (at) field = at;
      return (value && address(value)) || undefined;
    };
    if (EXPLAIN) field = 'href';
    const unlinked = href && withheld(0, ['href', 'action']);
    if (EXPLAIN && unlinked) note('ATTRIBUTE_DROPPED', unlinked);
    const out: WireEvent = {
      type,
      name: called || undefined,
      text: label as string | undefined,
      path,
      properties: Object.fromEntries([...kept, ...renamed]),
      identity: who,
      href: unlinked ? undefined : url(href, EXPLAIN && 'href'),
      page: { url: url(page.url, EXPLAIN && 'page.url'), title: title as string | undefined, previous: url(page.previous, EXPLAIN && 'page.previous') },
      session: { referrer: url(session.referrer, EXPLAIN && 'session.referrer'), landing: url(session.landing, EXPLAIN && 'session.landing') },
    };
    return { outcome: reason == null ? 'kept' : 'quarantined', ...(EXPLAIN && reason && { reason }), event: out, findings };
  };

  return {
    judge(event, { consent, gpc }, elements) {
      try {
        return judged(event, consent, gpc, elements);
      } catch {
        return dropped(EXPLAIN && ['POLICY_FAILURE', 'event', 'floor.failure']);
      }
    },
  };
};
