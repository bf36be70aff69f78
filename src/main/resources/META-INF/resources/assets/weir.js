// The console's own few lines: each improves something that already works without them.
(() => {
  // A disclosure over the page closes on Escape and on a click elsewhere.
  const openPops = () => document.querySelectorAll('details.pop[open], details.phone-menu[open]');
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    for (const pop of openPops()) {
      pop.open = false;
      pop.querySelector('summary')?.focus();
    }
  });
  document.addEventListener('click', (event) => {
    for (const pop of openPops()) if (!pop.contains(event.target)) pop.open = false;

    const copy = event.target.closest?.('[data-copy]');
    if (copy) void copyFrom(copy);
  });

  // Where tabs scroll, the current one is brought into sight.
  for (const tab of document.querySelectorAll('.tabs > [aria-current]')) {
    const row = tab.parentElement;
    row.scrollLeft = tab.offsetLeft - row.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2;
  }

  // Copy buttons are in the page but hidden: without a script they could do nothing.
  async function copyFrom(button) {
    const source = document.getElementById(button.dataset.copy);
    const status = document.getElementById('status');
    const said = button.dataset.said ?? (button.dataset.said = button.textContent);
    try {
      await navigator.clipboard.writeText(source.textContent);
      button.textContent = 'Copied';
      if (status) status.textContent = 'Copied to the clipboard';
    } catch {
      getSelection().selectAllChildren(source);
      button.textContent = 'Selected: press Ctrl+C';
    }
    setTimeout(() => (button.textContent = said), 2000);
  }
  const reveal = (root) => root.querySelectorAll('[data-copy][hidden], [data-script][hidden]').forEach((e) => (e.hidden = false));
  reveal(document);
  document.addEventListener('htmx:afterSwap', () => reveal(document));

  // The live view: at most a list's length, each line once, and a pause in which nothing moves.
  const list = document.getElementById('live-list');
  if (list) {
    const state = document.getElementById('live-state');
    const word = document.getElementById('live-word');
    const pause = document.getElementById('live-pause');
    let held = 0;
    let connected = false;
    const paused = () => pause.getAttribute('aria-pressed') === 'true';
    const show = () => {
      state.classList.toggle('waiting', paused() || !connected);
      word.textContent = paused() ? 'Paused' : connected ? 'Live' : 'Reconnecting';
      pause.textContent = paused() ? (held ? `Resume (${held} new)` : 'Resume') : 'Pause';
    };
    document.addEventListener('htmx:sseOpen', () => { connected = true; show(); });
    document.addEventListener('htmx:sseError', () => { connected = false; show(); });
    document.addEventListener('htmx:sseBeforeMessage', (event) => {
      if (!paused()) return;
      event.preventDefault();
      held += (event.detail.data.match(/<li id="s/g) ?? []).length;
      show();
    });
    document.addEventListener('htmx:sseMessage', () => {
      document.getElementById('live-empty')?.remove();
      const seen = new Set();
      for (const line of [...list.children]) {
        if ((line.id && seen.has(line.id)) || seen.size >= Number(list.dataset.most)) line.remove();
        else seen.add(line.id || line);
      }
    });
    // What was held back is on the server: the list as it is now.
    pause.addEventListener('click', () => {
      if (paused()) return location.reload();
      pause.setAttribute('aria-pressed', 'true');
      show();
    });
  }

  // What is in a chosen file comes into the field that it could have been pasted into; what is too long for it is said to be.
  document.addEventListener('change', async (event) => {
    const file = event.target.closest?.('input[type=file][data-into]');
    if (!file?.files.length) return;
    const field = document.getElementById(file.dataset.into);
    const text = await file.files[0].text();
    const fits = text.length <= field.maxLength;
    document.getElementById(file.getAttribute('aria-describedby')).querySelector('.error').hidden = fits;
    file.setAttribute('aria-invalid', String(!fits));
    if (fits) field.value = text;
  });

  // A choice in a toolbar acts at once; its button stays for those without a script.
  document.addEventListener('change', (event) => {
    const form = event.target.closest?.('form[data-instant]');
    if (form) form.requestSubmit();
  });
})();
