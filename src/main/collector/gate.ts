/**
 * The gate every event passes: policy first, then what the page asks for, which can only take away, then the policy again.
 * Without a valid policy the gate stays shut.
 */
import { attempt, copy, read, shared } from './disk';
import { get } from './dom';
import { compile } from './engine';
import type { WireEvent } from './wire';

declare const __WEIR__: { app: string; hash: string; policy: any };

export const weir: typeof __WEIR__ = attempt(() => __WEIR__) || ({} as any);
export const KEY = 'weir.' + weir.app;
export const CONSENT = KEY + '-consent';

export const warn = (text: string) => console.warn('Weir: ' + text);

/** Batches go to where the script came from, whatever the page has named `currentScript`. */
export const target: string = attempt(() =>
  get(document, 'currentScript', Document).src.replace(/\/(js|config)\/[^]*/, '/api/collect/' + weir.app),
);
export const engine = target ? attempt(() => compile(weir.policy)) : undefined;

/** Consent: unknown (undefined) until a decision is taken; the decision is remembered, and every tab sees it. */
export const consent = (): string | undefined => shared(CONSENT) || read(CONSENT);

/** What the policy leaves of an event: nothing of one that is dropped. */
export const policed = (event: WireEvent, elements?: Element[]): WireEvent | undefined =>
  engine?.judge(event, { consent: consent(), gpc: (navigator as any).globalPrivacyControl }, elements).event;

/** Whether anything may be captured or stored at all: consent and Global Privacy Control, as the policy has them. */
export const allowed = () => policed({ type: 'session' });

/** `window.heap`, perhaps as the snippet left it, and the page's own switches and functions. */
export const heap: any = ((window as any).heap ||= []);
export const options: Record<string, any> = heap.config || heap.clientConfig || {};
export const rewrites: ((event: WireEvent) => unknown)[] = [].concat(options.rewrite || []);

/** What is left of `was` where `now` takes away: equal, cut, or parts replaced by `***` or `[redacted]`. Everything else goes. */
const narrow = (was: any, now: any): any => {
  if (was === now) return was;
  let at = 0;
  if (typeof was == 'string')
    return typeof now == 'string' && now.split(/\*+|\[redacted\]/).every((part) => (at = was.indexOf(part, at) + part.length) >= part.length)
      ? now
      : undefined;
  if (!now || typeof was != 'object') return;
  const left: any = {};
  for (const k in was) {
    const v = narrow(was[k], now[k]);
    if (v != null) left[k] = v;
  }
  return Array.isArray(was) ? Object.values(left) : left;
};

/** The event as it may leave the page, or nothing. */
export const judge = (event: WireEvent, elements?: Element[]): WireEvent | undefined => {
  let judged = policed(event, elements);
  for (const rewrite of rewrites) {
    const left: WireEvent | undefined = judged && attempt(() => narrow(judged, rewrite(copy(judged))));
    judged = left?.type == event.type ? policed(left!, elements) : undefined;
  }
  return judged;
};
