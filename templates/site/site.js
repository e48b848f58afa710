// Search, theme, copying, and how long ago things were. Pages read without any of it.
(() => {
  const root = document.body.dataset.root || './';
  const said = document.getElementById('ui:said');
  const say = (text) => {
    said.textContent = '';
    requestAnimationFrame(() => {
      said.textContent = text;
    });
  };

  // How long ago: minutes, then the time of day, then days.
  const minute = 60_000;
  const midnight = new Date().setHours(0, 0, 0, 0);
  const clock = (at) =>
    `${String(at.getHours()).padStart(2, '0')}:${String(at.getMinutes()).padStart(2, '0')}`;
  function ago(at) {
    const past = Date.now() - at;
    if (past < 60 * minute) {
      const minutes = Math.max(1, Math.round(past / minute));
      return minutes === 1 ? 'a minute ago' : `${minutes} minutes ago`;
    }
    if (at >= midnight) return `at ${clock(at)}`;
    const day = new Date(at).setHours(0, 0, 0, 0);
    const days = Math.round((midnight - day) / (24 * 60 * minute));
    return days === 1 ? `yesterday ${clock(at)}` : `${days} days ago`;
  }
  const told = [];
  for (const time of document.querySelectorAll('time[datetime]:not(.exact)')) {
    const at = new Date(time.dateTime);
    if (Number.isNaN(at.getTime()) || at > Date.now()) continue;
    time.title = time.textContent;
    time.textContent = ago(at);
    told.push(time);
  }
  // On paper "a minute ago" is never again true.
  addEventListener('beforeprint', () => {
    for (const time of told) time.textContent = time.title;
  });
  addEventListener('afterprint', () => {
    for (const time of told) time.textContent = ago(new Date(time.dateTime));
  });

  // Theme.
  const theme = document.querySelector('button.theme');
  theme.addEventListener('click', () => {
    const system = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
    const now = document.documentElement.dataset.theme || system;
    const next = now === 'dark' ? 'light' : 'dark';
    document.documentElement.dataset.theme = next;
    try {
      localStorage.setItem('handrail-theme', next);
    } catch {
      /* Not kept. */
    }
    say(next === 'dark' ? 'Dark' : 'Light');
  });

  // What is folded where there is little room stands open where there is enough.
  for (const [name, width] of [
    ['side', '60.01rem'],
    ['contents', '80.01rem'],
  ]) {
    const folded = document.querySelector(`details.${name}`);
    const wide = matchMedia(`(min-width: ${width})`);
    if (!folded) continue;
    const fold = () => {
      folded.open = wide.matches;
    };
    fold();
    wide.addEventListener('change', fold);
  }
  const contents = document.querySelector('details.contents');
  contents?.addEventListener('click', (event) => {
    if (event.target.closest('a') && matchMedia('(max-width: 80rem)').matches)
      contents.open = false;
  });

  // Where the reader is, in the contents: the last heading that has reached the top.
  const entries = [...document.querySelectorAll('.toc a')]
    .map((link) => ({
      link,
      heading: document.getElementById(decodeURIComponent(link.hash.slice(1))),
    }))
    .filter(({ heading }) => heading);
  if (entries.length > 0) {
    let current;
    let isAsked = false;
    const mark = () => {
      isAsked = false;
      const ended =
        scrollY > 0 && innerHeight + scrollY >= document.documentElement.scrollHeight - 2;
      const above = entries.filter(({ heading }) => heading.getBoundingClientRect().top < 120);
      const now = (ended ? entries.at(-1) : above.at(-1))?.link;
      if (now === current) return;
      current?.removeAttribute('aria-current');
      now?.setAttribute('aria-current', 'true');
      current = now;
      // The list moves along where it is longer than the window, and only there.
      const room = now?.closest('.beside');
      if (room && room.scrollHeight > room.clientHeight)
        room.scrollTop = now.offsetTop - room.clientHeight / 2;
    };
    addEventListener(
      'scroll',
      () => {
        if (isAsked) return;
        isAsked = true;
        requestAnimationFrame(mark);
      },
      { passive: true },
    );
    mark();
  }

  // The next heading below what is read.
  document.querySelector('.onward')?.addEventListener('click', (event) => {
    const next = [...document.querySelectorAll('.toc a')]
      .map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))))
      .find((heading) => heading && heading.getBoundingClientRect().top > 90);
    if (!next) return;
    event.preventDefault();
    location.hash = next.id;
    next.focus();
  });

  // A link to what is folded away opens it.
  const unfold = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let each = target; each; each = each.parentElement)
      if (each.localName === 'details' && !each.open) {
        each.open = true;
        target.scrollIntoView();
      }
  };
  addEventListener('hashchange', unfold);
  unfold();

  // Copying, without prompts.
  const blocks = [
    ...document.querySelectorAll('article pre'),
    ...document.querySelectorAll('.run-line'),
  ];
  for (const block of blocks) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'copy';
    button.textContent = 'Copy';
    button.setAttribute(
      'aria-label',
      `Copy: ${block.getAttribute('aria-label') || block.textContent}`,
    );
    button.addEventListener('click', async () => {
      const text = block.dataset.copy || (block.querySelector('code') || block).textContent;
      try {
        await copy(text.replace(/\n$/, ''));
        button.textContent = 'Copied';
        say('Copied');
      } catch {
        button.textContent = 'Not copied';
      }
      setTimeout(() => {
        button.textContent = 'Copy';
      }, 1500);
    });
    if (block.matches('.run-line')) block.append(button);
    else {
      const frame = document.createElement('div');
      frame.className = 'framed';
      block.replaceWith(frame);
      frame.append(block, button);
    }
  }
  async function copy(text) {
    if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
    const area = document.createElement('textarea');
    area.value = text;
    area.className = 'away';
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    if (!done) throw new Error('not copied');
  }

  // Search: the library and the texts are loaded at the first use.
  const input = document.getElementById('ui:search');
  const list = document.getElementById('ui:results');
  let engine;
  let chosen = -1;
  const script = (name) =>
    new Promise((resolve, reject) => {
      const element = document.createElement('script');
      element.src = `${root}_/${name}`;
      element.onload = resolve;
      element.onerror = reject;
      document.head.append(element);
    });
  function load() {
    engine ||= (async () => {
      const texts = new Promise((resolve) => {
        window.handrailSearch = resolve;
      });
      await script('minisearch.js');
      await script('search.js');
      // Words are forgiven a slip; what has a figure in it is a name, a number or an id, and is meant as it is.
      const isExact = (term) => /\d/.test(term);
      const mini = new window.MiniSearch({
        fields: ['title', 'names', 'page', 'text'],
        storeFields: ['href', 'title', 'page', 'text', 'names', 'what'],
        searchOptions: {
          boost: { names: 8, title: 4, page: 2 },
          prefix: (term) => !/^\d+$/.test(term),
          fuzzy: (term) => (isExact(term) ? false : 0.2),
          combineWith: 'AND',
        },
      });
      const documents = (await texts).flat().map(([href, title, page, text, names, what], id) => {
        return { id, href, title, page, text, names, what };
      });
      mini.addAll(documents);
      return mini;
    })();
    return engine;
  }
  function excerpt(text, terms) {
    const lower = text.toLowerCase();
    const at = Math.max(
      0,
      Math.min(
        ...terms.map((term) => lower.indexOf(term)).filter((index) => index >= 0),
        text.length,
      ) - 40,
    );
    const from = at >= text.length - 40 ? 0 : at;
    return (from > 0 ? '…' : '') + text.slice(from, from + 120);
  }
  // A text with the words that were found in it marked.
  function marked(text, terms) {
    const lower = text.toLowerCase();
    const parts = [];
    let from = 0;
    while (from < text.length) {
      const next = terms
        .map((term) => ({ at: lower.indexOf(term, from), length: term.length }))
        .filter(({ at }) => at >= 0)
        .sort((one, other) => one.at - other.at || other.length - one.length)[0];
      if (!next || lower.length !== text.length) break;
      const mark = document.createElement('mark');
      mark.textContent = text.slice(next.at, next.at + next.length);
      parts.push(text.slice(from, next.at), mark);
      from = next.at + next.length;
    }
    return [...parts, text.slice(from)];
  }
  // What is called exactly so comes first, then what holds it as it was typed.
  function ranked(hits, query) {
    const wanted = query.toLowerCase();
    const rank = ({ names, title, page, text }) => {
      const called = names.toLowerCase().split(' ');
      if (called.includes(wanted) || names.toLowerCase() === wanted) return 0;
      if (title.toLowerCase() === wanted) return 1;
      return /\d/.test(wanted) && `${title} ${page} ${text}`.toLowerCase().includes(wanted) ? 2 : 3;
    };
    return hits
      .map((hit) => ({ hit, rank: rank(hit) }))
      .sort((one, other) => one.rank - other.rank || other.hit.score - one.hit.score)
      .map(({ hit }) => hit);
  }
  // What is put together with a figure in it (INC-2, 10.0.0.5) is one name: its parts alone are another's.
  function holdsAsTyped({ names, title, page, text, what }, query) {
    const all = [names, title, page, text, what].join(' ').toLowerCase();
    return query
      .toLowerCase()
      .split(/\s+/)
      .map((word) => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ''))
      .every((word) => !/\d/.test(word) || !/[^\p{L}\p{N}]/u.test(word) || all.includes(word));
  }
  async function search() {
    const query = input.value.trim();
    if (query === '') return close();
    const mini = await load();
    if (input.value.trim() !== query) return;
    const whole = mini.search(query).filter((hit) => holdsAsTyped(hit, query));
    // Nothing has all of the words: then what has some, and it is said so.
    const isPart = whole.length === 0 && /\s/.test(query);
    const hits = isPart ? mini.search(query, { combineWith: 'OR' }) : whole;
    const found = ranked(hits, query).slice(0, 12);
    chosen = -1;
    list.replaceChildren(
      ...found.map((hit, index) => {
        const item = document.createElement('li');
        item.id = `ui:result-${index}`;
        item.setAttribute('role', 'option');
        item.setAttribute('aria-selected', 'false');
        item.dataset.href = root + hit.href;
        for (const [name, text] of [
          ['strong', hit.title],
          ['span', hit.what || (hit.page === hit.title ? '' : hit.page)],
          ['small', excerpt(hit.text, hit.terms)],
        ]) {
          const part = document.createElement(name);
          part.append(...marked(text, hit.terms));
          item.append(part);
        }
        item.addEventListener('mousedown', (event) => {
          event.preventDefault();
          go(index);
        });
        return item;
      }),
    );
    if (found.length === 0 || isPart) {
      const note = document.createElement('li');
      note.setAttribute('role', 'option');
      note.setAttribute('aria-disabled', 'true');
      note.className = found.length === 0 ? 'none' : 'note';
      note.textContent =
        found.length === 0 ? 'Nothing found' : 'Nothing has all of these words. With some of them:';
      list.prepend(note);
    }
    list.hidden = false;
    input.setAttribute('aria-expanded', 'true');
    say(
      isPart && found.length > 0
        ? `${found.length} with some of the words`
        : `${found.length} found`,
    );
  }
  function close() {
    list.hidden = true;
    list.replaceChildren();
    chosen = -1;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  }
  function choose(index) {
    const items = [...list.querySelectorAll('[data-href]')];
    if (items.length === 0) return;
    chosen = (index + items.length) % items.length;
    for (const [at, item] of items.entries())
      item.setAttribute('aria-selected', String(at === chosen));
    items[chosen].scrollIntoView({ block: 'nearest' });
    input.setAttribute('aria-activedescendant', items[chosen].id);
  }
  function go(index) {
    const item = list.querySelectorAll('[data-href]')[Math.max(0, index)];
    if (!item) return;
    const href = item.dataset.href;
    close();
    input.blur();
    location.href = href;
  }
  input.addEventListener('focus', () => {
    load().catch(() => say('Search cannot be loaded'));
  });
  input.addEventListener('input', search);
  input.addEventListener('blur', () => setTimeout(close, 100));
  input.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown') choose(chosen + 1);
    else if (event.key === 'ArrowUp') choose(chosen - 1);
    else if (event.key === 'Enter') go(chosen);
    else if (event.key === 'Escape') {
      input.value = '';
      close();
      input.blur();
    } else return;
    event.preventDefault();
  });
  addEventListener('keydown', (event) => {
    const typing = /^(?:INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
    const wanted =
      (event.key === '/' && !typing) || (event.key === 'k' && (event.ctrlKey || event.metaKey));
    if (!wanted) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
})();
