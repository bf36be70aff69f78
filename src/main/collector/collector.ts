/**
 * Weir's collector. The server puts the App ID and the policy in front of it as `__WEIR__`. What it captures, what it never
 * captures and how it behaves: docs/collector.md.
 */
import { listen, wake } from './capture';
import { configure, started, warn, weir } from './gate';
import { take } from './heap';
import { aim, resume } from './queue';
import { onState } from './visit';

const script = [document.currentScript, ...document.querySelectorAll('script')].find((s) =>
  (s as HTMLScriptElement)?.src?.includes('' + weir?.app),
) as HTMLScriptElement | undefined;

const boot = () => {
  const w = window as any;
  const heap = (w.heap = w.heap || []);
  if (heap.loaded) return warn('loaded twice, the second copy does nothing');
  configure(heap.config || heap.clientConfig);
  if (started && script) {
    heap.loaded = true;
    heap.appid = heap.envId = weir!.app;
    heap.config = heap.clientConfig = heap.config || heap.clientConfig || {};
    heap.serverConfig = { ...heap.serverConfig, sdk: { version: '1' } };
    onState((s) => {
      heap.userId = s.user;
      heap.identity = s.identity || null;
    });
    aim(script.src.replace(/\/(js|config)\/[^]*/, '') + '/api/collect/' + weir!.app);
    listen();
  }
  take(heap);
  if (heap.loaded) {
    wake();
    resume();
  }
};

if ((document as any).prerendering) addEventListener('prerenderingchange', boot, { capture: true, once: true });
else boot();
