"use strict";
const shown = JSON.parse(document.getElementById("data").textContent);
const trouble = document.getElementById("trouble");
const only = document.getElementById("open");
const cards = [];
const { words } = shown;
let current = -1;

// What the page says, with what stands in braces put in.
function said(wording, places) {
  return wording.replace(/\{(\w+)\}/g, (_, name) => places[name]);
}

// All text goes in as text, never as markup.
function element(name, fields = {}, ...children) {
  const made = Object.assign(document.createElement(name), fields);
  made.append(...children);
  return made;
}

function excerpt({ path, line, part, lang, before, words: concerned, after }) {
  const mark = concerned
    ? element("mark", {}, concerned)
    : element("mark", { className: "gap", lang: document.documentElement.lang }, `‸ ${words.nothing}`);
  return element("div", {}, element("div", { className: "place" }, `${path}:${line}${part ? `, ${part}` : ""}`), element("div", { lang, dir: "auto", className: "text" }, before, mark, after));
}

function count(counts) {
  document.getElementById("counts").textContent = said(words.counts, counts);
  const done = document.getElementById("done");
  done.max = Math.max(shown.findings.length, 1);
  done.value = shown.findings.length - counts.undecided;
}

async function decide(at, choice, reason) {
  trouble.hidden = true;
  try {
    const answer = await fetch("decision", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ finding: at, choice, reason }),
    });
    if (!answer.ok) throw new Error(await answer.text());
    const { decided, counts } = await answer.json();
    shown.findings[at].decided = decided;
    count(counts);
    draw(at);
    if (choice && at === current) step(1);
  } catch (error) {
    trouble.textContent = words.lost + error.message;
    trouble.hidden = false;
  }
}

function actions(at, decided) {
  if (decided.choice) {
    const choice = decided.choice === "accept" ? words.accepted : words.dismissed;
    const undo = element("button", { type: "button", onclick: () => decide(at, null, "") }, words.undo);
    return [element("strong", { className: "said" }, choice), element("span", { className: "reason" }, decided.reason), undo];
  }
  const reason = element("input", { placeholder: words.why, ariaLabel: words.why, maxLength: 2000 });
  const dismiss = () => (reason.value.trim() ? decide(at, "dismiss", reason.value) : reason.focus());
  reason.onkeydown = (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter") dismiss();
    if (event.key === "Escape") reason.blur();
  };
  return [
    element("button", { type: "button", onclick: () => decide(at, "accept", reason.value) }, words.accept),
    reason,
    element("button", { type: "button", onclick: dismiss }, words.dismiss),
  ];
}

function draw(at) {
  const { severity, decided } = shown.findings[at];
  const card = cards[at];
  card.className = [severity, decided.choice ? "decided" : "", at === current ? "current" : ""].join(" ").trim();
  card.hidden = only.checked && Boolean(decided.choice);
  // what is being written in it stays
  const now = decided.choice ?? "";
  if (card.dataset.decided === now) return;
  card.dataset.decided = now;
  card.querySelector(".actions").replaceChildren(...actions(at, decided));
}

// The one that keys act on.
function choose(at) {
  const before = current;
  current = at;
  for (const changed of [before, at]) if (cards[changed]) draw(changed);
}

// Brings it into sight, too. What the pointer is on must stay where it is.
function go(at) {
  choose(at);
  cards[at].scrollIntoView({ block: "nearest" });
}

function step(by) {
  for (let at = current + by; at >= 0 && at < cards.length; at += by) {
    if (!cards[at].hidden) return go(at);
  }
}

shown.findings.forEach((finding, at) => {
  const head = element("h2", {}, element("span", { className: "degree" }, finding.degree), ` ${finding.title} `, element("small", {}, said(words.at, { at: at + 1, all: shown.findings.length, sure: finding.confidence.toFixed(2) })));
  const card = element("article", { id: `finding-${at + 1}` }, head,
    element("p", { className: "message" }, finding.message),
    element("div", { className: "sides" }, ...finding.excerpts.map(excerpt)),
    element("div", { className: "actions" }));
  for (const event of ["pointerdown", "focusin"]) card.addEventListener(event, () => current !== at && choose(at));
  cards.push(card);
  draw(at);
});
document.title = words.title;
document.querySelector("h1").textContent = words.title;
document.getElementById("only").textContent = words.only;
document.getElementById("done").ariaLabel = words.done;
document.querySelector("main").append(...cards);
if (cards.length === 0) document.querySelector("main").append(element("p", {}, words.empty));
const keys = [["n p", words.step], ["a", words.toAccept], ["d", words.toDismiss], ["u", words.undo]];
document.getElementById("keys").append(...keys.flatMap(([keys, does]) => [...keys.split(" ").map((key) => element("kbd", {}, key)), ` ${does}   `]));
only.onchange = () => cards.forEach((_, at) => draw(at));
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input")) return;
  const decided = shown.findings[current]?.decided;
  const act = {
    n: () => step(1), j: () => step(1), p: () => step(-1), k: () => step(-1),
    a: () => decided && !decided.choice && decide(current, "accept", cards[current].querySelector("input").value),
    d: () => decided && !decided.choice && cards[current].querySelector("input").focus(),
    u: () => decided?.choice && decide(current, null, ""),
  }[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});
count(shown.counts);
// the review goes on where it was left
const first = shown.findings.findIndex(({ decided }) => !decided.choice);
if (first > 0) go(first);
else if (cards.length) choose(0);
