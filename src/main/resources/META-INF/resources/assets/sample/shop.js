// The sample shop's own script: routes of the single-page app, and the calls a real shop makes to its analytics.
(() => {
  const app = document.body.dataset.app === 'true';
  const base = document.body.dataset.base;
  const views = [...document.querySelectorAll('[data-view]')];
  const heap = () => window.heap ?? [];

  const show = (focus) => {
    const path = location.pathname.replace(/\/$/, '');
    const found = views.find((view) => view.dataset.view === path) ?? views[0];
    for (const view of views) view.hidden = view !== found;
    document.title = found.dataset.title;
    for (const link of document.querySelectorAll('.shop-nav a')) {
      const here = link.pathname.replace(/\/$/, '') === path;
      if (here) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    }
    if (focus) {
      scrollTo(0, 0);
      found.querySelector('h1')?.focus({ preventScroll: true });
    }
  };
  const go = (address) => {
    history.pushState(null, '', address);
    show(true);
  };

  if (app) {
    addEventListener('popstate', () => show(true));
    document.addEventListener('click', (event) => {
      const link = event.target.closest?.('a[href]');
      const own = link && link.origin === location.origin && (link.pathname === base || link.pathname.startsWith(base + '/'));
      if (!own || event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
      event.preventDefault();
      go(link.href);
    });
    document.addEventListener('submit', (event) => {
      event.preventDefault();
      const form = event.target;
      if (form.method === 'get') go(`${form.action}?${new URLSearchParams(new FormData(form))}`);
      else go(form.dataset.after);
    });
    show(false);
  }

  const calls = {
    cart: () => heap().track('Added To Cart', { product: 'Brass lantern', price: 48, buyer_email: 'jane.doe@example.com' }),
    right: () => heap().identify('4711'),
    wrong: () => heap().identify('jane.doe@example.com'),
    out: () => {
      heap().track('User Logged Out');
      heap().resetIdentity();
    },
  };
  document.addEventListener('click', (event) => {
    const button = event.target.closest?.('[data-call]');
    if (!button) return;
    calls[button.dataset.call]();
    const said = document.getElementById('said');
    said.textContent = button.dataset.said;
  });
})();
