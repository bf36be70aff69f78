/**
 * Weir's collector. The server puts the App ID and the policy in front of it as `__WEIR__`. What it captures, what it never
 * captures and how it behaves: docs/collector.md.
 */
// The order in the bundle: like beside like packs best.
import './text';
import './tokens';
import './given';
import './attempt';
import './url';
import './engine';
import './gate';
import './disk';
import './dom';
import './base64';
import './heap';
import './visit';
import './detectors';
import './capture';
import './strings';
import './queue';
import './element';
import { listen, wake } from './capture';
import { engine, heap, options, warn } from './gate';
import { app } from './given';
import { take } from './heap';

const boot = () => {
  if (heap.loaded) return warn('loaded twice');
  if (engine) {
    Object.assign(heap, {
      loaded: true,
      appid: app,
      envId: app,
      config: options,
      clientConfig: options,
      serverConfig: { sdk: { version: '1' } },
    });
    listen();
  } else warn('no valid policy');
  take();
  wake();
};

if ((document as any).prerendering) document.addEventListener('prerenderingchange', boot);
else boot();
