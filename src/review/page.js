"use strict";
const shown = JSON.parse(document.getElementById("data").textContent);
const trouble = document.getElementById("trouble");
const only = document.getElementById("open");
const cards = [];

// All text goes in as text, never as markup.
function element(name, fields = {}, ...children) {
  const made = Object.assign(document.createElement(name), fields);
  made.append(...children);
  return made;
}

function excerpt({ path, line, lang, before, words, after }) {
  const text = element("div", { lang }, before, element("mark", {}, words || "⟨nothing here⟩"), after);
  return element("div", {}, element("div", { className: "place" }, `${path}:${line}`), text);
}

function count({ dismissed, accepted, undecided }) {
  document.getElementById("counts").textContent =
    `${dismissed} dismissed, ${accepted} accepted, ${undecided} undecided`;
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
  } catch (error) {
    trouble.textContent = `not saved: ${error.message}`;
    trouble.hidden = false;
  }
}

function actions(at, decided) {
  if (decided.choice) {
    const said = decided.choice === "accept" ? "accepted" : "dismissed";
    const undo = element("button", { type: "button", onclick: () => decide(at, null, "") }, "undo");
    return [element("strong", { className: "said" }, said), element("span", { className: "reason" }, decided.reason), undo];
  }
  const reason = element("input", { placeholder: "why", ariaLabel: "why", maxLength: 2000 });
  const dismiss = () => (reason.value.trim() ? decide(at, "dismiss", reason.value) : reason.focus());
  reason.onkeydown = (event) => event.key === "Enter" && !event.isComposing && dismiss();
  return [
    element("button", { type: "button", onclick: () => decide(at, "accept", reason.value) }, "accept"),
    reason,
    element("button", { type: "button", onclick: dismiss }, "dismiss"),
  ];
}

function draw(at) {
  const { severity, decided } = shown.findings[at];
  const card = cards[at];
  card.className = decided.choice ? `${severity} decided` : severity;
  card.hidden = only.checked && Boolean(decided.choice);
  card.querySelector(".actions").replaceChildren(...actions(at, decided));
}

shown.findings.forEach((finding, at) => {
  const head = element("h2", {}, `${finding.severity}[${finding.check}] `, element("small", {}, `${at + 1} of ${shown.findings.length}, confidence ${finding.confidence.toFixed(2)}`));
  const card = element("article", { id: `finding-${at + 1}` }, head,
    element("p", { className: "message" }, finding.message),
    element("div", { className: "sides" }, ...finding.excerpts.map(excerpt)),
    element("div", { className: "actions" }));
  cards.push(card);
  draw(at);
});
document.querySelector("main").append(...cards);
only.onchange = () => cards.forEach((_, at) => draw(at));
count(shown.counts);
