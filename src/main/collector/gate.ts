/**
 * The gate every event passes: policy first, then what the page asks for, which can only take away, then the policy again.
 * Without a valid policy the gate stays shut.
 */
import { attempt } from './attempt';
import { copy, read } from './disk';
import { own } from './dom';
import { compile } from './engine';
import type { Judge } from './engine';
import { app, policy } from './given';
import { covers } from './url';
import type { WireEvent } from './wire';

export const KEY = 'weir.' + app;
export const CONSENT = KEY + '-consent';

export const warn = (text: string) => console.warn('Weir: ' + text);

/** Batches go to where the script came from, whatever the page has named `currentScript`. */
export const target: string = attempt(() =>
  own('currentScript').src.replace(/\/(js|config)\/[^]*/, '/api/collect/' + app),
);
export const engine = (target && attempt(() => compile(policy))) as Judge | undefined;

/** Consent: unknown (undefined) until a decision is taken; the decision is remembered, and every tab sees it. */
export const consent = (): string | undefined => read(CONSENT);

/** What the policy leaves of an event: nothing of one that is dropped. */
export const policed = (event: WireEvent, elements?: Element[]): WireEvent | undefined =>
  engine?.(event, consent(), (navigator as any).globalPrivacyControl, elements);

/** Whether anything may be captured or stored at all: consent and Global Privacy Control, as the policy has them. */
export const allowed = () => policed({ type: 'session' });

/** `window.heap`, perhaps as the snippet left it, and the page's own switches and functions. */
export const heap: any = ((window as any).heap ||= []);
export const options: Record<string, any> = heap.config || heap.clientConfig || {};
export const rewrites: ((event: WireEvent) => unknown)[] = [].concat(options.rewrite || []);

/** What is left of `was` where `now` takes away: equal, cut, or parts replaced by `***` or `[redacted]`. Everything else goes. */
const narrow = (was: any, now: any): any => {
  if (was === now) return was;
  if (typeof was == 'string') return typeof now == 'string' && covers(`*${now.replace(/\[redacted]/g, '*')}*`, was) ? now : undefined;
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
