/**
 * The gate every event passes: policy first, then what the page asks for, which can only take away, then the policy again.
 * Without a valid policy the gate stays shut.
 */
import { erase, keys, read, write } from './disk';
import { compile } from './engine';
import type { WireEvent } from './wire';

declare const __WEIR__: { app: string; hash: string; policy: any };

export const weir = typeof __WEIR__ === 'object' ? __WEIR__ : undefined;
export const KEY = 'weir.' + weir?.app;
const CONSENT = KEY + '-consent';

export const warn = (text: string) => console.warn('Weir: ' + text);

type Engine = ReturnType<typeof compile>;
let engine: Engine | undefined;
try {
  engine = compile(weir!.policy);
} catch {
  warn('no valid policy, nothing is captured');
}
export const started = !!engine;

/** Consent: unknown (undefined) until a decision is taken; the decision is remembered, and every tab sees it. */
export const consent = () => read(CONSENT) as 'granted' | 'denied' | undefined;

/** Takes a decision. A refusal erases everything else that was stored. */
export const decide = (decision: 'granted' | 'denied') => {
  if (decision === 'denied') keys(KEY).forEach(erase);
  write(CONSENT, decision);
};

const circumstances = () => ({
  consent: consent(),
  gpc: !!(navigator as any).globalPrivacyControl,
});

/** Whether anything may be captured or stored at all: consent and Global Privacy Control, as the policy has them. */
export const allowed = () => started && decidedBy({ type: 'session' }).outcome !== 'dropped';

export const decidedBy = (event: WireEvent, elements?: Element[]) => engine!.judge(event, circumstances(), elements);

type Rewrite = (event: WireEvent) => unknown;
/** The page's own functions and switches. */
export const rewrites: Rewrite[] = [];
export let options: Record<string, any> = {};
export const configure = (config: unknown) => {
  options = (config as Record<string, any>) || {};
  if (typeof options.rewrite === 'function') rewrites.push(options.rewrite);
};

/** What is left of `was` where `now` takes away: equal, cut, or parts replaced by `***` or `[word]`. Everything else goes. */
const narrow = (was: any, now: any): any => {
  if (was === now) return was;
  if (typeof was === 'string') {
    let at = 0;
    const cut =
      typeof now === 'string' &&
      now.split(/\*+|\[[\w-]+\]/).every((part) => {
        at = was.indexOf(part, at) + part.length;
        return at >= part.length;
      });
    return cut ? now : undefined;
  }
  if (!now || typeof was !== 'object' || typeof now !== 'object') return;
  if (Array.isArray(was)) return was.map((x, i) => narrow(x, now[i])).filter((x) => x !== undefined);
  const left: any = {};
  for (const k in was) {
    const v = narrow(was[k], now[k]);
    if (v !== undefined) left[k] = v;
  }
  return left;
};

/** The event as it may leave the page, or nothing. */
export const judge = (event: WireEvent, elements?: Element[]): WireEvent | undefined => {
  let judged = decidedBy(event, elements).event as WireEvent | undefined;
  if (judged && options.disableTextCapture) delete judged.text;
  for (const rewrite of rewrites) {
    if (!judged) return;
    const left: WireEvent | undefined = narrow(judged, rewrite(JSON.parse(JSON.stringify(judged))));
    judged = left && left.type === judged.type ? (decidedBy(left, elements).event as WireEvent | undefined) : undefined;
  }
  return judged;
};
