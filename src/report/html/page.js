// Filters the findings, walks through them, and lights what is linked. The page is whole without it.
"use strict";
(() => {
  // The language of the interface: as the page was made, or as its reader chose before.
  const html = document.documentElement, switcher = document.getElementById("tongue");
  const speak = tongue => {
    html.lang = tongue;
    for (const element of document.querySelectorAll("[data-words]")) {
      element.setAttribute(element.dataset.words, element.dataset[tongue]);
    }
  };
  // A page from disk may have nowhere to keep a choice.
  const kept = () => { try { return localStorage.getItem("duizhao.lang"); } catch { return null; } };
  const keep = tongue => { try { localStorage.setItem("duizhao.lang", tongue); } catch { /* not kept */ } };
  if (["en", "zh"].includes(kept()) && kept() !== html.lang) speak(kept());
  switcher.hidden = false;
  // Does something that may move the texts, and leaves its reader where they read.
  let steadily = act => act();
  switcher.addEventListener("click", () => {
    const tongue = html.lang === "zh" ? "en" : "zh";
    steadily(() => speak(tongue));
    keep(tongue);
    dispatchEvent(new Event("tongue"));
  });

  const one = (query, root = document) => root.querySelector(query);
  const all = (query, root = document) => [...root.querySelectorAll(query)];
  const ranks = ["minor", "major", "critical"];

  // The index: its pairs can be found by their names, and sorted by any column.
  const index = () => {
    document.body.classList.add("overview-page");
    const body = one(".pairs tbody"), find = one(".find");
    if (!body) return;
    const rows = all("tr", body);
    find.hidden = false;
    one("input", find).addEventListener("input", event => {
      const sought = event.target.value.trim().toLowerCase();
      for (const row of rows) row.hidden = !row.cells[0].textContent.toLowerCase().includes(sought);
    });
    const heads = all(".pairs thead th");
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        // numbers from the most, words from A
        const number = head.classList.contains("n"), first = number ? "descending" : "ascending";
        const order = head.ariaSort === first ? (number ? "ascending" : "descending") : first;
        for (const other of heads) other.removeAttribute("aria-sort");
        head.ariaSort = order;
        const key = row => number ? Number(row.cells[column].dataset.n) : row.cells[column].textContent;
        const sign = order === "ascending" ? 1 : -1;
        rows.sort((a, b) => {
          const [left, right] = [key(a), key(b)];
          return sign * (number ? left - right : left.localeCompare(right, html.lang));
        });
        body.append(...rows);
      });
    });
  };
  html.classList.add("js");
  if (!one("#findings")) return index();
  const texts = one("#texts"), panel = one("#findings"), toggle = one("#toggle");
  const cards = all(".card"), byNumber = new Map(cards.map(card => [card.dataset.n, card]));
  const visible = new Set(cards.map(card => card.dataset.n));

  // What shows a finding in the texts.
  const marked = all("[data-f]", texts).map(element => ({ element, numbers: element.dataset.f.split(" ") }));
  const places = new Map();
  for (const { element, numbers } of marked) {
    for (const number of numbers) {
      if (!places.has(number)) places.set(number, []);
      places.get(number).push(element);
    }
  }

  // Filters.
  const words = one("#words"), check = one("#check"), confidence = one("#confidence"), status = one("#status");
  const chips = all(".chip"), count = one("#count"), percent = one("#percent");
  const none = one("#none"), contents = new Map();
  const content = card => {
    if (!contents.has(card)) contents.set(card, card.textContent.toLowerCase());
    return contents.get(card);
  };
  let active = null;

  // Whether a finding is of interest at all: what does not count is so only when asked for.
  const counts = card => status === null || !status.value || card.dataset.status === status.value;

  const tell = () => {
    const shown = cards.filter(card => !card.hidden), all = cards.filter(counts).length;
    const at = active ? shown.indexOf(active) + 1 : 0;
    const some = shown.length !== all;
    const total = html.lang === "zh"
      ? (some ? `${shown.length} 处，共 ${all} 处` : `共 ${all} 处`)
      : `${shown.length}${some ? ` of ${all}` : ""} finding${all === 1 ? "" : "s"}`;
    count.textContent = at ? `${at} / ${total}` : total;
  };

  const filter = () => {
    const severities = new Set(chips.filter(chip => chip.ariaPressed === "true").map(chip => chip.dataset.severity));
    const sought = words.value.trim().toLowerCase(), least = Number(confidence.value);
    percent.textContent = `${Math.round(least * 100)}%`;
    const passing = { minor: 0, major: 0, critical: 0 };
    for (const card of cards) {
      const data = card.dataset;
      const passes = counts(card) && (!check.value || data.check === check.value)
        && Number(data.confidence) >= least && (!sought || content(card).includes(sought));
      if (passes) passing[data.severity] += 1;
      card.hidden = !passes || !severities.has(data.severity);
      if (card.hidden) visible.delete(data.n); else visible.add(data.n);
    }
    for (const chip of chips) {
      const number = passing[chip.dataset.severity];
      one(".n", chip).textContent = number;
      chip.classList.toggle("zero", number === 0);
    }
    if (none) none.hidden = visible.size > 0;
    for (const { element, numbers } of marked) {
      const shown = numbers.filter(number => visible.has(number));
      element.classList.toggle("off", shown.length === 0);
      if (shown.length) {
        const rank = Math.max(...shown.map(number => ranks.indexOf(byNumber.get(number).dataset.severity)));
        ranks.forEach((name, index) => element.classList.toggle(name, index === rank));
      }
    }
    tell();
  };

  // Rows that were never drawn have a height that is only guessed, so ask again until nothing moves any more. What is
  // asked for last is done.
  let last = null;
  const settle = move => {
    let quiet = 0, frames = 0;
    last = move;
    const again = () => {
      if (last !== move) return;
      quiet = Math.abs(move()) < 1 ? quiet + 1 : 0;
      if (quiet < 4 && (frames += 1) < 60) requestAnimationFrame(again);
    };
    again();
  };
  const top = element => element.getBoundingClientRect().top;
  const centre = element => settle(() => {
    const before = top(element);
    element.scrollIntoView({ block: "center" });
    return top(element) - before;
  });

  const light = card => {
    for (const element of all(".on")) element.classList.remove("on");
    active = card;
    if (!card) return tell();
    card.classList.add("on");
    for (const element of places.get(card.dataset.n) ?? []) {
      if (!element.classList.contains("ref")) element.classList.add("on");
    }
    tell();
  };

  const activate = (card, { text = true, list = true } = {}) => {
    light(card);
    const shown = places.get(card.dataset.n) ?? [];
    view("list");
    if (list) card.scrollIntoView({ block: "nearest" });
    if (text && shown.length) centre(shown[0].closest(".gap, mark, .cell.none") ?? shown[0]);
    history.replaceState(null, "", `#${card.id}`);
  };

  const step = by => {
    const shown = cards.filter(card => !card.hidden);
    if (!shown.length) return;
    const at = shown.indexOf(active);
    const next = at < 0 ? (by > 0 ? 0 : shown.length - 1) : (at + by + shown.length) % shown.length;
    activate(shown[next]);
  };

  const fold = () => {
    steadily(() => {
      const folded = document.body.classList.toggle("folded");
      toggle.ariaExpanded = String(!folded);
    });
    draw();
  };

  const open = () => {
    const target = location.hash.length > 1 ? document.getElementById(location.hash.slice(1)) : null;
    if (!target) return;
    if (target.classList.contains("card")) {
      if (target.hidden) {
        reset();
      }
      activate(target);
      return;
    }
    const place = /^[st]-(\d+)$/.exec(target.id);
    if (place && byNumber.has(place[1])) light(byNumber.get(place[1]));
    centre(target);
  };

  const reset = () => {
    words.value = "";
    check.value = "";
    confidence.value = 0;
    for (const chip of chips) chip.ariaPressed = "true";
    if (status) status.value = "";
    filter();
  };

  // A sentence lights what it is linked to; links never leave their row.
  let lit = [];
  const lighten = origin => {
    const sentence = origin instanceof Element ? origin.closest(".x[data-l]") : null;
    for (const element of lit) element.classList.remove("lit");
    lit = sentence ? all(`[data-l="${sentence.dataset.l}"]`, sentence.closest(".row")) : [];
    for (const element of lit) element.classList.add("lit");
  };

  // The map: a click leads to the row, and a frame shows what is in sight.
  const maps = all(".map").map(map => {
    const rows = all(".row[data-s]", map.parentElement);
    return { map, rows, svg: one("svg", map), view: one(".view", map) };
  });
  const height = 1000;
  const seek = (rows, key, y) => {
    let best = rows[0];
    for (const row of rows) {
      if (Number(row.dataset[key]) <= y && Number(row.dataset[key]) >= Number(best.dataset[key])) best = row;
    }
    return best;
  };
  const settled = row => !row.classList.contains("moved");
  // The first row whose lower border is below `y`.
  const below = (rows, y) => {
    let low = 0, high = rows.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (rows[middle].getBoundingClientRect().bottom > y) high = middle; else low = middle + 1;
    }
    return low;
  };
  steadily = act => {
    const rows = maps[0]?.rows ?? [], row = rows[below(rows, 90)], from = row && top(row);
    act();
    if (row) settle(() => {
      const off = top(row) - from;
      scrollBy(0, off);
      return off;
    });
  };
  const draw = () => {
    for (const { map, rows, view } of maps) {
      const box = map.parentElement.getBoundingClientRect();
      if (!rows.length || box.bottom < 0 || box.top > innerHeight) continue;
      const low = Math.min(below(rows, 90), rows.length - 1), high = Math.min(below(rows, innerHeight) + 1, rows.length);
      const end = rows.slice(high).find(settled);
      const seen = rows.slice(low, high).filter(settled);
      const edge = (row, key, otherwise) => row ? Number(row.dataset[key]) : otherwise;
      const [s0, t0] = ["s", "t"].map(key => edge(seen[0] ?? rows[low], key));
      const [s1, t1] = ["s", "t"].map(key => Math.max(edge(end, key, height), edge(seen[0] ?? rows[low], key) + 2));
      view.setAttribute("d", `M0 ${s0}H13L35 ${t0}H48V${t1}H35L13 ${s1}H0z`);
    }
  };
  let drawing = false;
  const redraw = () => {
    if (drawing) return;
    drawing = true;
    requestAnimationFrame(() => {
      drawing = false;
      draw();
    });
  };

  for (const { map, rows, svg } of maps) {
    map.addEventListener("click", event => {
      if (!rows.length) return;
      const box = svg.getBoundingClientRect();
      const y = (event.clientY - box.top) / box.height * height;
      centre(seek(rows, event.clientX - box.left < box.width / 2 ? "s" : "t", y));
    });
  }
  texts.addEventListener("pointerover", event => lighten(event.target));
  texts.addEventListener("pointerleave", () => lighten(null));
  texts.addEventListener("focusin", event => lighten(event.target));
  texts.addEventListener("click", event => {
    const place = event.target.closest("[data-f]");
    if (!place || event.target.closest("a:not([data-f])") || !getSelection().isCollapsed) return;
    const shown = place.dataset.f.split(" ").filter(number => visible.has(number));
    if (!shown.length) return;
    event.preventDefault();
    // A click on words with several findings goes to the next of them.
    const at = active ? shown.indexOf(active.dataset.n) : -1;
    if (document.body.classList.contains("folded")) fold();
    activate(byNumber.get(shown[(at + 1) % shown.length]), { text: false });
  });
  panel.addEventListener("click", event => {
    const card = event.target.closest(".card");
    if (!card || !getSelection().isCollapsed) return;
    const link = event.target.closest("a");
    if (link && !link.classList.contains("no")) {
      light(card);
      const target = document.getElementById(link.hash.slice(1));
      event.preventDefault();
      if (target) centre(target);
      return;
    }
    if (link) event.preventDefault();
    activate(card, { list: false });
  });
  for (const chip of chips) {
    chip.addEventListener("click", () => {
      chip.ariaPressed = String(chip.ariaPressed !== "true");
      filter();
    });
  }
  for (const input of [words, check, confidence, status]) input?.addEventListener("input", filter);
  one("#reset")?.addEventListener("click", reset);
  const narrow = one("#narrow"), filters = one(".filters");
  narrow.addEventListener("click", () => { narrow.ariaExpanded = String(filters.classList.toggle("wide")); });

  // One view at a time.
  const tabs = all("[role=tab]");
  const view = name => {
    for (const tab of tabs) {
      const on = tab.id === `tab-${name}`, shown = one(`#${tab.getAttribute("aria-controls")}`);
      tab.ariaSelected = String(on);
      tab.tabIndex = on ? 0 : -1;
      shown.hidden = !on;
      shown.setAttribute("role", "tabpanel");
      // who has no pointer can scroll it, too
      shown.tabIndex = 0;
    }
  };
  for (const tab of tabs) {
    tab.addEventListener("click", () => view(tab.id.slice(4)));
    tab.addEventListener("keydown", event => {
      const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!by) return;
      const next = tabs[(tabs.indexOf(tab) + by + tabs.length) % tabs.length];
      view(next.id.slice(4));
      next.focus();
    });
  }
  // A rendering leads to the rows where it stands, one after the other.
  let here = null;
  panel.addEventListener("click", event => {
    const way = event.target.closest("a[data-rows], .ratios a");
    if (!way) return;
    event.preventDefault();
    const rows = way.dataset.rows?.split(" ") ?? [way.getAttribute("href").slice(5)];
    const row = document.getElementById(`row-${rows[(rows.indexOf(here?.id.slice(4)) + 1) % rows.length]}`);
    here?.classList.remove("here");
    here = row;
    row.classList.add("here");
    centre(row);
  });
  one("#next").addEventListener("click", () => step(1));
  one("#previous").addEventListener("click", () => step(-1));
  toggle.addEventListener("click", fold);
  addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      if (document.activeElement === words && words.value) {
        words.value = "";
        filter();
      } else {
        document.activeElement?.blur();
        light(null);
      }
      return;
    }
    if (event.target instanceof Element && event.target.closest("input:not([type=range], [type=checkbox]), select")) return;
    const actions = {
      n: () => step(1), j: () => step(1), p: () => step(-1), k: () => step(-1), f: fold,
      "/": () => {
        if (document.body.classList.contains("folded")) fold();
        view("list");
        if (narrow.ariaExpanded !== "true") narrow.click();
        words.focus();
      },
    };
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });
  addEventListener("scroll", redraw, { passive: true });
  addEventListener("resize", redraw);
  addEventListener("hashchange", open);
  addEventListener("tongue", () => {
    tell();
    redraw();
  });

  for (const element of [one(".tabs"), toggle]) element.hidden = false;
  for (const element of [filters, one(".keys")]) element.hidden = cards.length === 0;
  view("list");
  filter();
  open();
  draw();
})();
